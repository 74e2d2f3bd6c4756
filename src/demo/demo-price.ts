import { type DemoResource, whole } from './demo-resource.ts';

/** Prices go round once in so many seconds; for some of them it is in stock. */
const ROUND_S = 97;
const IN_STOCK = 60;

function price(second: number): DemoResource {
  const at = (second * 13) % ROUND_S;
  const words = at < IN_STOCK ? 'In stock' : 'Sold out';
  return whole(
    { path: '/price.html', about: 'a price that is another each second, for who watches it', headers: [['Cache-Control', 'no-store']] },
    'text/html; charset=utf-8',
    `<!doctype html>\n<html lang="en"><title>A tin of sunflower seeds</title>\n<h1>A tin of sunflower seeds</h1>\n<p>Now for <b class="price">${(5 + at / 20).toFixed(2)}</b> euros.</p>\n<p class="stock">${words}</p>\n<p><a href="/garden/">Where they grow</a></p>\n</html>\n`,
  );
}

/** A page that changes: as it is at second 0, and as it is now. */
export const PRICE: DemoResource = { ...price(0), chosenFor: () => price(Math.floor(Date.now() / 1000)) };
