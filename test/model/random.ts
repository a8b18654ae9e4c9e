/** Numbers that a seed decides, so that a run can be repeated. */
export class Random {
    #state: number;

    constructor(seed: number) {
        this.#state = seed >>> 0;
    }

    /** Mulberry32: a whole number of 32 bits. */
    next(): number {
        this.#state = (this.#state + 0x6d2b79f5) >>> 0;
        let mixed = this.#state;
        mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
        mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
        return (mixed ^ (mixed >>> 14)) >>> 0;
    }

    /** From 0 to `limit` - 1. */
    below(limit: number): number {
        return this.next() % limit;
    }

    between(least: number, most: number): number {
        return least + this.below(most - least + 1);
    }

    chance(percent: number): boolean {
        return this.below(100) < percent;
    }

    pick<T>(choices: readonly T[]): T {
        return choices[this.below(choices.length)] as T;
    }
}
