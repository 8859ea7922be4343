/** Asks again and again until it is so. @throws Error when it is not within the time */
export async function until(
  condition: () => Promise<boolean> | boolean,
  milliseconds = 2_000,
): Promise<void> {
  const end = Date.now() + milliseconds;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`Not within ${milliseconds} ms.`);
    await new Promise((next) => setTimeout(next, 20));
  }
}
