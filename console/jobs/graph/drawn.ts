import { plainly } from '../../target-text.tsx';
import { createLayout, type Layout } from './layout.ts';
import { groupOf, nameOf, type Telling, type Web } from './web.ts';

/** What is told of a drawing to the page that has it. */
interface Told {
  /** The reader has chosen a page, by its place, or none. */
  onSelect: (place: number | null) => void;
  /** How large it is drawn now, and how far the layout has come. */
  onChange: (scale: number, progress: number) => void;
}

/** The colours of a drawing; of the groups one each. */
export interface Paint {
  groups: readonly string[];
  ink: string;
  paper: string;
  line: string;
  sent: string;
  came: string;
  font: string;
}

/** Milliseconds that a frame may lay out; where no motion is wanted, a slice. */
const FRAME_MS = 9;
/** Edges that are drawn at most, and while something moves: more would hold the page up. Those of a page that is chosen are drawn all. */
export const MOST_EDGES = 20_000;
const MOST_MOVING = 5000;
const [SMALLEST, LARGEST] = [0.02, 8];
const STEP = 1.3;
/** Pixels within which a pointer is on a node, and a press is no drag. */
const NEAR = 6;
const LABEL_LENGTH = 32;
/** Pixels from a label to the next below it. */
const LABEL_HEIGHT = 16;
const [FEW_LABELS, MOST_LABELS] = [12, 80];

/** A graph on a canvas, which pointers and keys move about in. */
export class Drawn {
  readonly #canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D;
  readonly #web: Web;
  readonly #told: Told;
  readonly #layout: Layout;
  readonly #radius: Float64Array;
  readonly #names: string[];
  /** By rank: who is labelled first. */
  readonly #order: number[];
  readonly #isStill: boolean;
  readonly #ended = new AbortController();
  readonly #observer: ResizeObserver;
  #groups: number[];
  #paint: Paint;
  #scale = 1;
  #panX = 0;
  #panY = 0;
  #width = 1;
  #height = 1;
  /** What the view keeps in sight while nodes move: all of them, or the one that is chosen. */
  #follows: 'all' | 'selected' | null = 'all';
  #selected: number | null = null;
  #hovered: number | null = null;
  #found: ReadonlySet<number> = new Set();
  #frame = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isAtRest = false;
  readonly #pointers = new Map<number, { x: number; y: number }>();
  #dragged: number | null = null;
  #pressed: { x: number; y: number } | null = null;

  constructor(canvas: HTMLCanvasElement, web: Web, telling: Telling, paint: Paint, isStill: boolean, told: Told) {
    const context = canvas.getContext('2d');
    if (context === null) throw new Error('this browser draws nothing');
    this.#canvas = canvas;
    this.#context = context;
    this.#web = web;
    this.#told = told;
    this.#isStill = isStill;
    this.#paint = paint;
    this.#groups = web.nodes.map((node) => groupOf(telling, node));
    this.#names = web.nodes.map((node) => shortened(plainly(nameOf(node))));
    const most = web.nodes.reduce((greatest, { rank }) => Math.max(greatest, rank ?? 0), 0);
    this.#radius = Float64Array.from(web.nodes, ({ rank }) => 3.5 + 13 * Math.sqrt((rank ?? 0) / (most || 1)));
    this.#order = web.nodes.map((_, place) => place).sort((one, other) => (web.nodes[other]?.rank ?? 0) - (web.nodes[one]?.rank ?? 0));
    this.#layout = createLayout(
      web.nodes.map(({ depth }) => depth),
      web.edges,
    );
    this.#observer = new ResizeObserver(() => {
      this.#fitCanvas();
    });
    this.#observer.observe(canvas);
    this.#listen();
    this.#fitCanvas();
    if (isStill) this.#settle();
    else this.#next();
  }

  /** Ends it. */
  end(): void {
    this.#ended.abort();
    this.#observer.disconnect();
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#timer);
  }

  /** Chooses a page by its place; `isSought` also where it is in sight already: it goes to the middle. */
  select(place: number | null, isSought: boolean): void {
    this.#selected = place;
    if (place !== null && isSought) {
      this.#scale = Math.max(this.#scale, 1);
      this.#follows = 'selected';
      this.#centre(place);
    } else if (place !== null && !this.#isInSight(place)) this.#centre(place);
    this.#next();
  }

  /** Marks the pages that a search has found. */
  mark(found: ReadonlySet<number>): void {
    this.#found = found;
    this.#next();
  }

  /** Colours it by something else, or in another scheme. */
  colour(telling: Telling, paint: Paint): void {
    this.#groups = this.#web.nodes.map((node) => groupOf(telling, node));
    this.#paint = paint;
    this.#next();
  }

  zoom(steps: number): void {
    this.#zoomAt(STEP ** steps, this.#width / 2, this.#height / 2);
  }

  /** Shows all of it. */
  fit(): void {
    this.#follows = 'all';
    this.#next();
  }

  #listen(): void {
    const { signal } = this.#ended;
    const on = <Name extends keyof HTMLElementEventMap>(name: Name, hear: (event: HTMLElementEventMap[Name]) => void): void => {
      this.#canvas.addEventListener(name, hear, { signal, passive: false });
    };
    on('wheel', (event) => {
      event.preventDefault();
      const pixels = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY * 16 : event.deltaY;
      this.#zoomAt(Math.exp(-pixels / (event.ctrlKey ? 100 : 500)), event.offsetX, event.offsetY);
    });
    on('pointerdown', (event) => {
      this.#press(event);
    });
    on('pointermove', (event) => {
      this.#move(event);
    });
    on('pointerup', (event) => {
      this.#lift(event, true);
    });
    on('pointercancel', (event) => {
      this.#lift(event, false);
    });
    on('pointerleave', () => {
      this.#hover(null);
    });
    on('keydown', (event) => {
      if (!event.ctrlKey && !event.metaKey && !event.altKey && this.#onKey(event.key)) event.preventDefault();
    });
    on('blur', () => {
      this.#next();
    });
    on('focus', () => {
      this.#next();
    });
  }

  #press(event: PointerEvent): void {
    this.#canvas.setPointerCapture(event.pointerId);
    const at = { x: event.offsetX, y: event.offsetY };
    this.#pointers.set(event.pointerId, at);
    if (this.#pointers.size > 1) {
      this.#letGo();
      this.#pressed = null;
      return;
    }
    this.#pressed = at;
    this.#dragged = this.#nodeAt(at.x, at.y);
  }

  #move(event: PointerEvent): void {
    const before = this.#pointers.get(event.pointerId);
    const [x, y] = [event.offsetX, event.offsetY];
    if (before === undefined) {
      this.#hover(this.#nodeAt(x, y));
      return;
    }
    const others = [...this.#pointers].filter(([id]) => id !== event.pointerId).map(([, at]) => at);
    this.#pointers.set(event.pointerId, { x, y });
    const [other] = others;
    if (other !== undefined) {
      // Two fingers: how far they are from each other, and where their middle is.
      const [was, is] = [Math.hypot(before.x - other.x, before.y - other.y), Math.hypot(x - other.x, y - other.y)];
      if (was > 0) this.#zoomAt(is / was, (x + other.x) / 2, (y + other.y) / 2);
      this.#pan((x - before.x) / 2, (y - before.y) / 2);
      return;
    }
    if (this.#pressed !== null && Math.hypot(x - this.#pressed.x, y - this.#pressed.y) > NEAR) this.#pressed = null;
    if (this.#pressed !== null) return;
    if (this.#dragged === null) this.#pan(x - before.x, y - before.y);
    else {
      this.#follows = null;
      this.#layout.hold(this.#dragged, (x - this.#panX) / this.#scale, (y - this.#panY) / this.#scale);
      if (this.#isStill) this.#settle();
      this.#next();
    }
  }

  #lift(event: PointerEvent, isDone: boolean): void {
    if (!this.#pointers.delete(event.pointerId)) return;
    if (isDone && this.#pressed !== null) this.#told.onSelect(this.#nodeAt(event.offsetX, event.offsetY));
    this.#pressed = null;
    this.#letGo();
  }

  #letGo(): void {
    if (this.#dragged !== null) this.#layout.release();
    this.#dragged = null;
  }

  #hover(place: number | null): void {
    if (place === this.#hovered) return;
    this.#hovered = place;
    this.#canvas.classList.toggle('pointing', place !== null);
    this.#next();
  }

  /** True where the key means something here. */
  #onKey(key: string): boolean {
    const towards = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] }[key];
    if (towards !== undefined) {
      const next = this.#neighbour(towards[0] ?? 0, towards[1] ?? 0);
      if (next !== null) this.#told.onSelect(next);
    } else if (key === 'Home') this.#told.onSelect(this.#web.nodes.length > 0 ? 0 : null);
    else if (key === 'Escape') this.#told.onSelect(null);
    else if (key === '+' || key === '=') this.zoom(1);
    else if (key === '-') this.zoom(-1);
    else if (key === '0') this.fit();
    else return false;
    return true;
  }

  /** The nearest node in a direction from the one that is chosen: the farther off it, the less near. Without one, that in the middle. */
  #neighbour(right: number, down: number): number | null {
    const { x, y } = this.#layout;
    const from = this.#selected;
    const fromX = from === null ? (this.#width / 2 - this.#panX) / this.#scale : (x[from] ?? 0);
    const fromY = from === null ? (this.#height / 2 - this.#panY) / this.#scale : (y[from] ?? 0);
    let best: number | null = null;
    let least = Infinity;
    for (let place = 0; place < x.length; place += 1) {
      if (place === from) continue;
      const [dx, dy] = [(x[place] ?? 0) - fromX, (y[place] ?? 0) - fromY];
      const along = dx * right + dy * down;
      const aside = Math.abs(dx * down) + Math.abs(dy * right);
      const far = from === null ? Math.hypot(dx, dy) : along + aside * 2;
      if ((from === null || along > aside / 2) && far < least) [best, least] = [place, far];
    }
    return best;
  }

  #nodeAt(atX: number, atY: number): number | null {
    const { x, y } = this.#layout;
    let best: number | null = null;
    let least = Infinity;
    for (let place = 0; place < x.length; place += 1) {
      const far = Math.hypot((x[place] ?? 0) * this.#scale + this.#panX - atX, (y[place] ?? 0) * this.#scale + this.#panY - atY);
      const within = far - this.#sizeOf(place);
      if (within < NEAR && far < least) [best, least] = [place, far];
    }
    return best;
  }

  /** Pixels from the middle of a node to its edge: they grow slower than what is between them. */
  #sizeOf(place: number): number {
    return (this.#radius[place] ?? 0) * Math.min(2, Math.max(0.35, Math.sqrt(this.#scale)));
  }

  #isInSight(place: number): boolean {
    const x = (this.#layout.x[place] ?? 0) * this.#scale + this.#panX;
    const y = (this.#layout.y[place] ?? 0) * this.#scale + this.#panY;
    return x > 30 && y > 30 && x < this.#width - 30 && y < this.#height - 30;
  }

  #centre(place: number): void {
    this.#panX = this.#width / 2 - (this.#layout.x[place] ?? 0) * this.#scale;
    this.#panY = this.#height / 2 - (this.#layout.y[place] ?? 0) * this.#scale;
    if (this.#follows === 'all') this.#follows = null;
  }

  #pan(dx: number, dy: number): void {
    this.#panX += dx;
    this.#panY += dy;
    this.#follows = null;
    this.#next();
  }

  #zoomAt(factor: number, x: number, y: number): void {
    const scale = Math.min(LARGEST, Math.max(SMALLEST, this.#scale * factor));
    this.#panX = x - ((x - this.#panX) * scale) / this.#scale;
    this.#panY = y - ((y - this.#panY) * scale) / this.#scale;
    this.#scale = scale;
    if (this.#follows === 'all') this.#follows = null;
    this.#next();
  }

  #showAll(): void {
    const { x, y } = this.#layout;
    if (x.length === 0) return;
    let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
    for (let place = 0; place < x.length; place += 1) {
      left = Math.min(left, x[place] ?? 0);
      right = Math.max(right, x[place] ?? 0);
      top = Math.min(top, y[place] ?? 0);
      bottom = Math.max(bottom, y[place] ?? 0);
    }
    const space = 40;
    const scale = Math.min(
      (this.#width - 2 * space) / Math.max(1, right - left),
      (this.#height - 2 * space) / Math.max(1, bottom - top),
      2.5,
    );
    this.#scale = Math.max(SMALLEST, scale);
    this.#panX = this.#width / 2 - ((left + right) / 2) * this.#scale;
    this.#panY = this.#height / 2 - ((top + bottom) / 2) * this.#scale;
  }

  #fitCanvas(): void {
    const { clientWidth, clientHeight } = this.#canvas;
    const ratio = devicePixelRatio || 1;
    // What was in the middle stays there.
    this.#panX += (clientWidth - this.#width) / 2;
    this.#panY += (clientHeight - this.#height) / 2;
    [this.#width, this.#height] = [clientWidth, clientHeight];
    this.#canvas.width = Math.round(clientWidth * ratio);
    this.#canvas.height = Math.round(clientHeight * ratio);
    this.#next();
  }

  /** Lays it out without a motion, a slice at a time, and draws it then. */
  #settle(): void {
    clearTimeout(this.#timer);
    const end = performance.now() + FRAME_MS;
    while (performance.now() < end) {
      if (this.#layout.step()) continue;
      this.#next();
      return;
    }
    this.#told.onChange(this.#scale, this.#layout.progress);
    this.#timer = setTimeout(() => {
      this.#settle();
    });
  }

  /** Draws with the next frame. */
  #next(): void {
    if (this.#frame !== 0 || this.#ended.signal.aborted) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      let isMoving = false;
      if (!this.#isStill) {
        const end = performance.now() + FRAME_MS;
        do isMoving = this.#layout.step();
        while (isMoving && performance.now() < end);
      }
      if (this.#follows === 'all') this.#showAll();
      else if (this.#follows === 'selected' && this.#selected !== null) this.#centre(this.#selected);
      const wasAtRest = this.#isAtRest;
      this.#isAtRest = !isMoving && this.#pointers.size === 0;
      this.#draw();
      this.#told.onChange(this.#scale, this.#layout.progress);
      // The last frame has all edges, which those of a motion have not.
      if (isMoving || (this.#isAtRest && !wasAtRest)) this.#next();
    });
  }

  #draw(): void {
    const context = this.#context;
    const ratio = devicePixelRatio || 1;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.fillStyle = this.#paint.paper;
    context.fillRect(0, 0, this.#width, this.#height);
    const shown = this.#hovered ?? this.#selected;
    this.#drawEdges(shown);
    this.#drawNodes(shown);
    this.#drawLabels(shown);
  }

  #x(place: number): number {
    return (this.#layout.x[place] ?? 0) * this.#scale + this.#panX;
  }

  #y(place: number): number {
    return (this.#layout.y[place] ?? 0) * this.#scale + this.#panY;
  }

  #drawEdges(shown: number | null): void {
    const { edges, to, from } = this.#web;
    const context = this.#context;
    const total = edges.length / 2;
    const every = Math.max(1, Math.ceil(total / (this.#isAtRest ? MOST_EDGES : MOST_MOVING)));
    context.lineWidth = 1;
    context.strokeStyle = this.#paint.line;
    context.globalAlpha = (shown === null ? 1 : 0.35) * Math.max(0.12, Math.min(0.8, 40 / Math.sqrt(total || 1)));
    context.beginPath();
    for (let edge = 0; edge < total; edge += every) {
      const [one, other] = [edges[edge * 2] ?? 0, edges[edge * 2 + 1] ?? 0];
      context.moveTo(this.#x(one), this.#y(one));
      context.lineTo(this.#x(other), this.#y(other));
      // A path of very many lines is filled slower than several of fewer.
      if ((edge / every) % 1000 === 999) {
        context.stroke();
        context.beginPath();
      }
    }
    context.stroke();
    context.globalAlpha = 1;
    if (shown === null) return;
    context.lineWidth = 1.6;
    for (const other of from[shown] ?? []) this.#drawArrow(other, shown, this.#paint.came);
    for (const other of to[shown] ?? []) this.#drawArrow(shown, other, this.#paint.sent);
  }

  /** A link of the page that is looked at, with its head at the edge of where it leads. */
  #drawArrow(from: number, to: number, colour: string): void {
    const context = this.#context;
    const [fromX, fromY, toX, toY] = [this.#x(from), this.#y(from), this.#x(to), this.#y(to)];
    const angle = Math.atan2(toY - fromY, toX - fromX);
    const end = this.#sizeOf(to) + 1;
    const [endX, endY] = [toX - end * Math.cos(angle), toY - end * Math.sin(angle)];
    context.strokeStyle = colour;
    context.fillStyle = colour;
    context.globalAlpha = 0.8;
    context.beginPath();
    context.moveTo(fromX, fromY);
    context.lineTo(endX, endY);
    context.stroke();
    context.beginPath();
    context.moveTo(endX, endY);
    for (const side of [-0.4, 0.4]) context.lineTo(endX - 8 * Math.cos(angle + side), endY - 8 * Math.sin(angle + side));
    context.fill();
    context.globalAlpha = 1;
  }

  #drawNodes(shown: number | null): void {
    const context = this.#context;
    const near = shown === null ? null : new Set([shown, ...(this.#web.to[shown] ?? []), ...(this.#web.from[shown] ?? [])]);
    const isSearched = this.#found.size > 0;
    for (const [place, group] of this.#groups.entries()) {
      const [x, y, size] = [this.#x(place), this.#y(place), this.#sizeOf(place)];
      if (x < -20 || y < -20 || x > this.#width + 20 || y > this.#height + 20) continue;
      const isDim = (near !== null && !near.has(place)) || (near === null && isSearched && !this.#found.has(place));
      context.globalAlpha = isDim ? 0.35 : 1;
      context.fillStyle = this.#paint.groups[group] ?? this.#paint.ink;
      context.beginPath();
      context.arc(x, y, size, 0, 2 * Math.PI);
      context.fill();
      context.lineWidth = 1;
      context.strokeStyle = this.#paint.paper;
      context.stroke();
      if (this.#found.has(place)) this.#drawRing(x, y, size + 3, 1.5, this.#paint.ink);
    }
    context.globalAlpha = 1;
    if (this.#selected !== null) {
      const place = this.#selected;
      this.#drawRing(this.#x(place), this.#y(place), this.#sizeOf(place) + 4, 2.5, this.#paint.ink);
    }
  }

  #drawRing(x: number, y: number, radius: number, width: number, colour: string): void {
    const context = this.#context;
    context.lineWidth = width;
    context.strokeStyle = colour;
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.stroke();
  }

  /** Names of the page that is looked at and of its neighbours, and of as many others as there is room for, by their rank. */
  #drawLabels(shown: number | null): void {
    const context = this.#context;
    context.font = this.#paint.font;
    context.textAlign = 'center';
    context.textBaseline = 'bottom';
    context.lineJoin = 'round';
    const neighbours = shown === null ? [] : [...(this.#web.to[shown] ?? []), ...(this.#web.from[shown] ?? [])];
    const first = [...(shown === null ? [] : [shown]), ...(this.#selected === null ? [] : [this.#selected]), ...neighbours];
    const others = shown === null ? [...this.#found, ...this.#order] : [];
    const taken: { left: number; right: number; y: number }[] = [];
    const done = new Set<number>();
    // From afar few are told: where nodes are small, names would hide what they name.
    const most = first.length + (this.#scale < 0.5 ? FEW_LABELS : MOST_LABELS);
    for (const place of [...first, ...others]) {
      if (done.has(place)) continue;
      done.add(place);
      if (taken.length > most) break;
      const [x, y] = [this.#x(place), this.#y(place) - this.#sizeOf(place) - 4];
      if (x < 0 || y < 8 || x > this.#width || y > this.#height) continue;
      const half = context.measureText(this.#names[place] ?? '').width / 2 + 4;
      const [left, right] = [x - half, x + half];
      const isFree = taken.every((other) => other.left > right || other.right < left || Math.abs(other.y - y) > LABEL_HEIGHT);
      if (place !== shown && place !== this.#selected && !isFree) continue;
      taken.push({ left, right, y });
      context.lineWidth = 3;
      context.strokeStyle = this.#paint.paper;
      context.strokeText(this.#names[place] ?? '', x, y);
      context.fillStyle = this.#paint.ink;
      context.fillText(this.#names[place] ?? '', x, y);
    }
  }
}

const shortened = (text: string): string => {
  const characters = [...text];
  return characters.length <= LABEL_LENGTH ? text : `${characters.slice(0, LABEL_LENGTH - 1).join('')}…`;
};
