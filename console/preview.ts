/**
 * Nothing is loaded, whatever the page asks for, and nothing in it leads anywhere. The frame has no permission besides: no
 * scripts, no forms, no origin of its own.
 */
const POLICY = "default-src 'none'; form-action 'none'; base-uri 'none'";

interface Policy {
  createHTML: (text: string) => string;
}

/** As much of Trusted Types as is used here. https://w3c.github.io/trusted-types/dist/spec/ */
interface TrustedTypes {
  createPolicy: (name: string, rules: Policy) => Policy;
}

/** The one place of the console where a text becomes markup, which the policy of the page knows by its name. */
const preview: Policy = (() => {
  const rules: Policy = {
    createHTML: (text) =>
      `<!doctype html><meta http-equiv="Content-Security-Policy" content="${POLICY}"><meta name="referrer" content="no-referrer">${text}`,
  };
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  return trustedTypes === undefined ? rules : trustedTypes.createPolicy('preview', rules);
})();

/** Shows a page of a target in a frame that may do nothing. */
export function sandboxed(frame: HTMLIFrameElement, text: string): void {
  // eslint-disable-next-line no-restricted-syntax -- the frame is sandboxed: what is in it can neither run nor reach anything
  frame.srcdoc = preview.createHTML(text);
}
