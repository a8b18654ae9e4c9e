import type { WriteStream } from "node:tty";

/** The code that shells give a command which was interrupted: 128 and the number of the signal. */
const INTERRUPTED = 130;

/** One line on a terminal that says how far each stack is; nothing in a pipe or in continuous integration. */
export class Progress {
    readonly #resources = new Map<string, number>();
    readonly #shown: boolean;
    readonly #interrupted = (): void => {
        this.end();
        process.exit(INTERRUPTED);
    };

    constructor(
        readonly stream: WriteStream,
        environment: NodeJS.ProcessEnv = process.env,
    ) {
        this.#shown = stream.isTTY && !environment["CI"];
    }

    show(stack: string, resources: number): void {
        if (!this.#shown || this.#resources.get(stack) === resources) return;
        if (this.#resources.size === 0) process.once("SIGINT", this.#interrupted);
        this.#resources.set(stack, resources);
        const parts = [...this.#resources].map(([name, count]) => `${name} ${count} resources`);
        this.stream.write(`\r\u001b[2K${parts.join("   ")}`);
    }

    /** Takes the line away; what comes next begins where it was. */
    end(): void {
        if (!this.#shown || this.#resources.size === 0) return;
        process.off("SIGINT", this.#interrupted);
        this.#resources.clear();
        this.stream.write("\r\u001b[2K");
    }
}

/** Shows on stderr how far `work` is, as long as it runs. */
export async function withProgress<T>(
    work: (onProgress: (stack: string, resources: number) => void) => Promise<T>,
): Promise<T> {
    const progress = new Progress(process.stderr);
    try {
        return await work((stack, resources) => {
            progress.show(stack, resources);
        });
    } finally {
        progress.end();
    }
}
