/** Lets so many works run at once; the others wait in the order in which they came. Several previews may share one. */
export class Turns {
    #free: number;
    #closed = false;
    readonly #waiting: (() => void)[] = [];

    constructor(atOnce: number) {
        this.#free = atOnce;
    }

    /** @throws {Closed} when nobody is to begin any more. */
    async take<T>(work: () => Promise<T>): Promise<T> {
        if (this.#free > 0) this.#free--;
        else await new Promise<void>((resolve) => this.#waiting.push(resolve));
        try {
            if (this.#closed) throw new Closed();
            return await work();
        } finally {
            const next = this.#waiting.shift();
            if (next === undefined) this.#free++;
            else next();
        }
    }

    /** What has begun goes on; what waits, or comes later, fails. */
    close(): void {
        this.#closed = true;
    }
}

/** Nothing may begin any more. */
export class Closed extends Error {
    override readonly name = "Closed";
}
