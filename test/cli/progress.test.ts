import assert from "node:assert/strict";
import type { WriteStream } from "node:tty";
import { Progress } from "../../cli/progress";

function shown(isTTY: boolean, environment: NodeJS.ProcessEnv): string {
    let text = "";
    const stream = { isTTY, write: (part: string) => (text += part) } as unknown as WriteStream;
    const progress = new Progress(stream, environment);
    progress.show("dev", 3);
    progress.show("dev", 3);
    progress.show("prod", 5);
    progress.end();
    return text;
}

describe("progress", () => {
    it("is one line on a terminal, rewritten when something is new, and gone at the end", () => {
        const line = "\r\u001b[2K";
        assert.equal(
            shown(true, {}),
            `${line}dev 3 resources${line}dev 3 resources   prod 5 resources${line}`,
        );
    });

    it("is not shown in a pipe, nor in continuous integration", () => {
        assert.equal(shown(false, {}), "");
        assert.equal(shown(true, { CI: "true" }), "");
    });

    it("is taken away when somebody interrupts, and the code says so", () => {
        let text = "";
        const codes: unknown[] = [];
        const stream = { isTTY: true, write: (part: string) => (text += part) } as unknown as WriteStream;
        const exit = process.exit.bind(process);
        process.exit = ((code: unknown) => codes.push(code)) as typeof process.exit;
        const others = process.listeners("SIGINT");
        process.removeAllListeners("SIGINT");
        try {
            const progress = new Progress(stream, {});
            progress.show("dev", 3);
            process.emit("SIGINT");
            progress.end();
            assert.equal(process.listenerCount("SIGINT"), 0);
        } finally {
            process.exit = exit;
            for (const each of others) process.on("SIGINT", each);
        }
        const line = "\r\u001b[2K";
        assert.deepEqual({ text, codes }, { text: `${line}dev 3 resources${line}`, codes: [130] });
    });
});
