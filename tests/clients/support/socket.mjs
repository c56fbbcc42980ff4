// A WebSocket as the protocol's text has it: messages are written and read one by one, and nothing is done unasked.
import { once } from 'node:events';
import { WebSocket } from 'ws';

const LATE_MS = 20_000;

export class Socket {
  /** What came and was not read yet; the close frame is the last. */
  #heard = [];
  #waiting = [];

  /** Opens it; rejects when the server refuses. */
  static async open(url, { protocol = 'graphql-transport-ws', ...options } = {}) {
    const wire = new WebSocket(`${url.replace('http', 'ws')}/graphql`, protocol, options);
    const socket = new Socket(wire);
    await once(wire, 'open');
    return socket;
  }

  /** Opens it and is let in, with an access token or as nobody. */
  static async init(url, token) {
    const socket = await Socket.open(url);
    socket.send({ type: 'connection_init', ...(token && { payload: { authorization: `Bearer ${token}` } }) });
    const ack = await socket.read();
    if (ack.type !== 'connection_ack') throw new Error(JSON.stringify(ack));
    return socket;
  }

  constructor(wire) {
    this.wire = wire;
    wire.on('message', (text) => this.#hear(JSON.parse(text)));
    wire.on('close', (code, reason) => this.#hear({ close: code, reason: String(reason) }));
  }

  send(message) {
    this.wire.send(typeof message === 'string' || Buffer.isBuffer(message) ? message : JSON.stringify(message));
  }

  subscribe(id, query, variables) {
    this.send({ id, type: 'subscribe', payload: { query, variables } });
  }

  /** The next message, or `{ close, reason }`. */
  async read() {
    if (this.#heard.length > 0) return this.#heard.shift();
    let timer;
    const late = new Promise((_, reject) => {
      timer = setTimeout(() => reject(new Error(`nothing came within ${LATE_MS} ms`)), LATE_MS);
    });
    const next = new Promise((resolve) => this.#waiting.push(resolve));
    return Promise.race([next, late]).finally(() => clearTimeout(timer));
  }

  /** How the connection ends, past whatever is said before. */
  async closed() {
    for (;;) {
      const message = await this.read();
      if ('close' in message) return message;
    }
  }

  async close() {
    if (this.wire.readyState === WebSocket.CLOSED) return;
    const closed = once(this.wire, 'close');
    this.wire.close(1000);
    await closed;
  }

  #hear(message) {
    const resolve = this.#waiting.shift();
    if (resolve) resolve(message);
    else this.#heard.push(message);
  }
}
