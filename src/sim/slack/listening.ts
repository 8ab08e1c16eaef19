// An HTTP server on 127.0.0.1 that finishes what it was asked before it stops.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';

type Options = {
  port: number;
  route(request: IncomingMessage, response: ServerResponse, body: Buffer): Promise<void>;
  upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void;
};

/** Listens on a port (0: a free one); rejects when it cannot. */
export async function listening(options: Options): Promise<{ port: number; close(): Promise<void> }> {
  const busy = new Set<Promise<void>>();
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      await options.route(request, response, await bodyOf(request));
    } catch (error) {
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' });
      response.end(`the simulator failed: ${error instanceof Error ? error.stack : String(error)}`);
    }
  };
  const server = createServer((request, response) => {
    const done = answer(request, response);
    busy.add(done);
    void done.finally(() => busy.delete(done));
  });
  server.on('upgrade', (request, stream, head) => options.upgrade(request, stream, head));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      await Promise.all(busy);
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
