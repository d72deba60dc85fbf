// Proof of work: a number whose hash begins with enough zeros. Worked out bit by bit beside the reader's typing.

/** Milliseconds of work at a time. */
const TURN = 24;

const K = [];
const START = [];
const part = (number) => ((number - Math.floor(number)) * 4294967296) | 0;
for (let n = 2; K.length < 64; n += 1) {
  let prime = true;
  for (let by = 2; by * by <= n; by += 1) prime = prime && n % by !== 0;
  if (prime) {
    if (START.length < 8) START.push(part(Math.sqrt(n)));
    K.push(part(Math.cbrt(n)));
  }
}
const W = new Int32Array(64);
const turn = (word, by) => (word >>> by) | (word << (32 - by));

/** First word of the SHA-256 of a text of at most 55 ASCII letters. */
export function hash(text) {
  W.fill(0);
  for (let i = 0; i < text.length; i += 1) W[i >> 2] |= text.charCodeAt(i) << (24 - (i & 3) * 8);
  W[text.length >> 2] |= 0x80 << (24 - (text.length & 3) * 8);
  W[15] = text.length * 8;
  for (let i = 16; i < 64; i += 1) {
    const a = W[i - 15];
    const b = W[i - 2];
    const s0 = turn(a, 7) ^ turn(a, 18) ^ (a >>> 3);
    const s1 = turn(b, 17) ^ turn(b, 19) ^ (b >>> 10);
    W[i] = (W[i - 16] + s0 + W[i - 7] + s1) | 0;
  }
  let [a, b, c, d, e, f, g, h] = START;
  for (let i = 0; i < 64; i += 1) {
    const s1 = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25);
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + K[i] + W[i]) | 0;
    const s0 = turn(a, 2) ^ turn(a, 13) ^ turn(a, 22);
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) | 0, c, b, a, (t1 + t2) | 0];
  }
  return (START[0] + a) >>> 0;
}

/** Resolves to the token and the number that meets it. */
export function prove({ token, bits }) {
  const seal = token.slice(token.lastIndexOf(".") + 1);
  const below = 2 ** (32 - bits);
  let nonce = 0;
  return new Promise((resolve) => {
    const work = () => {
      const until = Date.now() + TURN;
      while (Date.now() < until) {
        for (let tries = 0; tries < 64; tries += 1, nonce += 1) {
          if (hash(`${seal}:${nonce}`) < below) return resolve(`${token} ${nonce}`);
        }
      }
      return setTimeout(work, 0);
    };
    setTimeout(work, 0);
  });
}
