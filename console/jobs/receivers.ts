/** What verifies that a message is of this server, without a library: what a receiver needs of Standard Webhooks. */
export const RECEIVERS = {
  'Node.js': `import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';

const key = Buffer.from(process.env.WEBHOOK_SECRET.replace(/^whsec_/, ''), 'base64');

/** What was posted; throws where it is not of the server that knows the secret. */
function verify(body, headers) {
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures = '' } = headers;
  if (!(Math.abs(Date.now() / 1000 - Number(timestamp)) < 300)) throw new Error('too old');
  const expected = createHmac('sha256', key).update(\`\${id}.\${timestamp}.\${body}\`).digest();
  // While a secret is replaced there are several.
  const isOurs = signatures.split(' ').some((signature) => {
    const given = Buffer.from(signature.replace(/^v1,/, ''), 'base64');
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
  if (!isOurs) throw new Error('not signed with this secret');
  return JSON.parse(body);
}

createServer(async (request, response) => {
  const pieces = await Array.fromAsync(request);
  try {
    // The body as it came: parsed and written anew it is another text.
    const { type, data } = verify(Buffer.concat(pieces).toString(), request.headers);
    console.log(type, data.id);
    response.writeHead(204).end();
  } catch {
    response.writeHead(400).end();
  }
}).listen(Number(process.env.PORT ?? 8080));
`,
  Python: `import base64, hashlib, hmac, json, os, time
from http.server import BaseHTTPRequestHandler, HTTPServer

KEY = base64.b64decode(os.environ["WEBHOOK_SECRET"].removeprefix("whsec_"))

def verify(body, headers):
    """What was posted; raises where it is not of the server that knows the secret."""
    message_id, timestamp = headers["webhook-id"], headers["webhook-timestamp"]
    if abs(time.time() - int(timestamp)) > 300:
        raise ValueError("too old")
    signed = f"{message_id}.{timestamp}.".encode() + body
    expected = b"v1," + base64.b64encode(hmac.digest(KEY, signed, hashlib.sha256))
    # While a secret is replaced there are several.
    if not any(hmac.compare_digest(given.encode(), expected) for given in headers["webhook-signature"].split(" ")):
        raise ValueError("not signed with this secret")
    return json.loads(body)

class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        # The body as it came: parsed and written anew it is another text.
        body = self.rfile.read(int(self.headers["Content-Length"]))
        try:
            event = verify(body, self.headers)
            print(event["type"], event["data"]["id"], flush=True)
            self.send_response(204)
        except (ValueError, TypeError, AttributeError):
            self.send_response(400)
        self.end_headers()

HTTPServer(("", int(os.environ.get("PORT", 8080))), Receiver).serve_forever()
`,
} as const;
