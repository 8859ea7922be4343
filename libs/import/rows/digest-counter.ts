/** 32 bits each: eight bytes of a digest are enough to tell those of one payload apart. */
const WORDS = 2;
const FIRST_SLOTS = 1 << 12;

/**
 * Counts how often each digest comes, in a hash table without a string or an object per digest: a Map of 100,000 of
 * them costs four times as much memory, and more time than making the digests.
 */
export class DigestCounter {
  private size = 0;
  private words = new Uint32Array(FIRST_SLOTS * WORDS);
  /** Of the digest in each slot; 0 in an empty one. */
  private counts = new Uint32Array(FIRST_SLOTS);
  private readonly digest = new Uint32Array(WORDS);

  /** @param digest in hexadecimal, lower case @returns how often it came, this time included */
  count(digest: string): number {
    for (let word = 0; word < WORDS; word++) this.digest[word] = wordAt(digest, word * 8);
    const slot = this.slotOf(this.digest, 0);
    const count = ++this.counts[slot]!;
    if (count === 1) {
      this.keep(slot, this.digest, 0);
      if (++this.size * 2 > this.counts.length) this.grow();
    }
    return count;
  }

  /** Where the digest at `at` of `words` is, or has its place. */
  private slotOf(words: Uint32Array, at: number): number {
    const mask = this.counts.length - 1;
    // A digest is as random as a hash of it would be.
    let slot = words[at]! & mask;
    while (this.counts[slot] !== 0 && !this.holds(slot, words, at)) slot = (slot + 1) & mask;
    return slot;
  }

  private holds(slot: number, words: Uint32Array, at: number): boolean {
    for (let word = 0; word < WORDS; word++) {
      if (this.words[slot * WORDS + word] !== words[at + word]) return false;
    }
    return true;
  }

  private keep(slot: number, words: Uint32Array, at: number): void {
    for (let word = 0; word < WORDS; word++) this.words[slot * WORDS + word] = words[at + word]!;
  }

  private grow(): void {
    const { words, counts } = this;
    this.words = new Uint32Array(words.length * 4);
    this.counts = new Uint32Array(counts.length * 4);
    for (let old = 0; old < counts.length; old++) {
      if (counts[old] === 0) continue;
      const slot = this.slotOf(words, old * WORDS);
      this.counts[slot] = counts[old]!;
      this.keep(slot, words, old * WORDS);
    }
  }
}

/** Eight hexadecimal digits as a number. */
function wordAt(digest: string, at: number): number {
  let word = 0;
  for (let index = at; index < at + 8; index++) {
    const code = digest.charCodeAt(index);
    // Of a letter the low bits are 1 to 6, and bit 6 is set.
    word = (word << 4) | ((code & 15) + (code >> 6) * 9);
  }
  return word;
}
