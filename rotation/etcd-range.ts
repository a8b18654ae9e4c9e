import { JsonTokens, MalformedJson } from "./json-tokens";
import type { Token } from "./json-tokens";

/** The beginning of one entry of etcd, in base64 as `etcdctl` prints it. */
export interface EtcdEntry {
    readonly key: string;
    /** Undefined when the answer has keys only. */
    readonly value: string | undefined;
}

/** Characters of base64 that are looked at: 768 bytes, more than the longest path of a Secret or name of a key. */
const KEEP_CHARS = 1024;

/** An object or array that is open: what may come next in it, and the key whose value is being read. */
interface Frame {
    readonly isArray: boolean;
    expects: "first" | "key" | "colon" | "value" | "comma";
    key: string;
}

/**
 * Reads what `etcdctl get … --write-out=json` prints, one entry at a time; nothing of it is kept.
 *
 * @throws {MalformedJson} when it is something else, or not all of it: what is not there proves nothing.
 */
export async function* etcdEntries(chunks: AsyncIterable<string>): AsyncGenerator<EtcdEntry> {
    const tokens = new JsonTokens(KEEP_CHARS);
    const answer = new Answer();
    for await (const chunk of chunks) yield* answer.take(tokens.push(chunk));
    yield* answer.take(tokens.end());
    answer.end();
}

/** `{"header": {…}, "kvs": [{"key": …, "value": …}, …], "more": …, "count": …}`, a token at a time. */
class Answer {
    readonly #open: Frame[] = [];
    #isOver = false;
    #entry: { key?: string; value?: string } = {};
    #entries = 0;
    #count: number | undefined;
    #more = false;

    *take(tokens: readonly Token[]): Generator<EtcdEntry> {
        for (const token of tokens) {
            const frame = this.#open.at(-1);
            if (this.#isOver) throw new MalformedJson("there is more after the answer of etcd");
            if (frame === undefined) {
                if (token.kind !== "{") throw new MalformedJson("it is not the answer of etcd");
                this.#begin(false);
            } else if (token.kind === "}" || token.kind === "]") {
                yield* this.#close(frame, token.kind);
            } else {
                this.#within(frame, token);
            }
        }
    }

    end(): void {
        if (!this.#isOver) throw new MalformedJson("it ends in the middle of the answer");
        if (this.#more) throw new MalformedJson("it is one page of the answer: etcd has more");
        if (this.#count !== undefined && this.#count !== this.#entries)
            throw new MalformedJson("it has not as many entries as etcd counted");
    }

    /** A token that does not close the frame: a part of it, or the beginning of another one in it. */
    #within(frame: Frame, token: Token): void {
        const { isArray, expects } = frame;
        if (expects === "comma") {
            if (token.kind !== ",") throw new MalformedJson("it is not JSON");
            frame.expects = isArray ? "value" : "key";
        } else if (expects === "colon") {
            if (token.kind !== ":") throw new MalformedJson("it is not JSON");
            frame.expects = "value";
        } else if (!isArray && expects !== "value") {
            if (token.kind !== "string") throw new MalformedJson("it is not JSON");
            frame.key = token.text;
            frame.expects = "colon";
        } else {
            frame.expects = "comma";
            if (token.kind === "{" || token.kind === "[") this.#begin(token.kind === "[");
            else if ("text" in token) this.#scalar(frame, token);
            else throw new MalformedJson("it is not JSON");
        }
    }

    #begin(isArray: boolean): void {
        this.#open.push({ isArray, expects: "first", key: "" });
        if (this.#isEntry()) this.#entry = {};
    }

    *#close(frame: Frame, kind: "}" | "]"): Generator<EtcdEntry> {
        const isClosable = frame.expects === "first" || frame.expects === "comma";
        if (!isClosable || frame.isArray !== (kind === "]")) throw new MalformedJson("it is not JSON");
        if (this.#isEntry()) {
            const { key, value } = this.#entry;
            if (key === undefined) throw new MalformedJson("an entry has no key");
            this.#entries++;
            yield { key, value };
        }
        this.#open.pop();
        this.#isOver = this.#open.length === 0;
    }

    #scalar(frame: Frame, { kind, text }: Exclude<Token, { kind: "{" | "}" | "[" | "]" | ":" | "," }>): void {
        if (this.#isEntry() && kind === "string") {
            if (frame.key === "key") this.#entry.key = text;
            if (frame.key === "value") this.#entry.value = text;
        }
        if (this.#open.length !== 1) return;
        if (frame.key === "count" && kind === "number") this.#count = Number(text);
        if (frame.key === "more") this.#more = kind === "true";
    }

    /** Whether the innermost open object is one of `kvs`. */
    #isEntry(): boolean {
        const [root, list, entry] = this.#open;
        return (
            this.#open.length === 3 &&
            root?.key === "kvs" &&
            list?.isArray === true &&
            entry?.isArray === false
        );
    }
}
