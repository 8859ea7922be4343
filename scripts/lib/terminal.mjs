/** Output: colours and a moving line on a terminal, plain lines everywhere else. All of it goes to stderr, so that
 * what a task writes to stdout (a document, JSON) can be piped. */
const stream = process.stderr;
const live = Boolean(stream.isTTY) && process.env.TERM !== 'dumb' && !process.env.CI;
const colours = live && !process.env.NO_COLOR;

const paint = (code) => (text) => (colours ? `\u001b[${code}m${text}\u001b[0m` : text);
export const bold = paint('1');
export const dim = paint('2');
export const red = paint('31');
export const green = paint('32');

export const print = (text) => stream.write(`${text}\n`);
export const error = print;

export function duration(milliseconds) {
  if (milliseconds < 10_000) return `${(milliseconds / 1000).toFixed(1)} s`;
  return `${Math.round(milliseconds / 1000)} s`;
}

/**
 * Shows that something is going on: a line that counts seconds on a terminal, else one line now and one every
 * half minute. Answers a function that ends it, which says how it went.
 */
export function progress(label) {
  const began = performance.now();
  const elapsed = () => duration(performance.now() - began);
  const wipe = () => live && stream.write('\r\u001b[2K');
  const tick = () => {
    if (live) stream.write(`\r\u001b[2K${label} ... ${dim(elapsed())}`);
    else print(`${label} ... (${elapsed()} so far)`);
  };
  if (live) tick();
  else print(`${label} ...`);
  const timer = setInterval(tick, live ? 250 : 30_000);
  return (outcome) => {
    clearInterval(timer);
    wipe();
    if (outcome) print(`${outcome} ${dim(`(${elapsed()})`)}`);
  };
}
