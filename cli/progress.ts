import type { WriteStream } from "node:tty";

/** One line on a terminal that says how far each stack is; nothing in a pipe or in continuous integration. */
export class Progress {
    readonly #resources = new Map<string, number>();
    readonly #shown: boolean;

    constructor(
        readonly stream: WriteStream,
        environment: NodeJS.ProcessEnv = process.env,
    ) {
        this.#shown = stream.isTTY && !environment["CI"];
    }

    show(stack: string, resources: number): void {
        if (!this.#shown || this.#resources.get(stack) === resources) return;
        this.#resources.set(stack, resources);
        const parts = [...this.#resources].map(([name, count]) => `${name} ${count} resources`);
        this.stream.write(`\r\u001b[2K${parts.join("   ")}`);
    }

    end(): void {
        if (this.#shown && this.#resources.size > 0) this.stream.write("\r\u001b[2K");
    }
}
