// One port that speaks HTTP/1.1 and HTTP/2 without TLS: the first bytes of a connection tell them apart.
// Clients of Lex speak HTTP/2 at once (prior knowledge), the others HTTP/1.1: https://www.rfc-editor.org/rfc/rfc9113#section-3.3
import { createServer } from 'node:http';
import { createServer as createServer2 } from 'node:http2';
import { createServer as createTcp, type Socket } from 'node:net';

/** What both protocols' requests and responses have in common. */
export type Incoming = AsyncIterable<unknown> & {
  headers: Record<string, string | string[] | undefined>;
  method?: string | undefined;
  url?: string | undefined;
  setEncoding(encoding: 'utf8'): unknown;
  /** Of HTTP/2 it is the stream: other requests on the same connection go on. */
  socket: { destroy(): unknown; readonly destroyed: boolean };
};
export type Outgoing = { writeHead(status: number, headers: Record<string, string>): unknown; end(body: string): void };

const preface = 'PRI * HTTP/2.0';

/** Listens on 127.0.0.1; `port` 0 is any free one. */
export async function listen(
  port: number,
  handle: (request: Incoming, response: Outgoing) => void,
): Promise<{ port: number; close: () => Promise<void> }> {
  const http1 = createServer((request, response) => handle(request, response));
  const http2 = createServer2((request, response) =>
    handle(request, {
      writeHead: (status, headers) => response.writeHead(status, headers),
      end: (body) => void response.end(body),
    }),
  );
  const open = new Set<Socket>();
  const tcp = createTcp({ allowHalfOpen: true, noDelay: true }, (socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    socket.on('error', () => socket.destroy());
    sniff(socket, (is2) => (is2 ? http2 : http1).emit('connection', socket));
  });
  await new Promise<void>((resolve, reject) => {
    tcp.once('error', reject);
    tcp.listen(port, '127.0.0.1', resolve);
  });
  const address = tcp.address();
  return {
    port: typeof address === 'object' ? (address?.port ?? 0) : 0,
    async close() {
      const closed = new Promise<void>((resolve) => void tcp.close(() => resolve()));
      for (const socket of open) socket.destroy();
      await closed;
    },
  };
}

/** Reads until it is clear, and puts back what it read. */
function sniff(socket: Socket, tell: (is2: boolean) => void): void {
  let seen = Buffer.alloc(0);
  const look = (chunk: Buffer) => {
    seen = Buffer.concat([seen, chunk]);
    const start = seen.subarray(0, preface.length).toString('latin1');
    if (start.length < preface.length && preface.startsWith(start)) return;
    socket.off('data', look);
    socket.off('end', leave);
    socket.pause();
    socket.unshift(seen);
    tell(start === preface);
    // HTTP/2 takes what was put back by itself, and must find it there.
    if (start !== preface) socket.resume();
  };
  const leave = () => void socket.end();
  socket.on('data', look);
  socket.on('end', leave);
}
