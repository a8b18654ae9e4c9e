import { readFileSync } from "node:fs";
import path from "node:path";
import {
    isAlias,
    isMap,
    isScalar,
    LineCounter,
    parseAllDocuments,
    visit,
    type Document,
    type ErrorCode,
    type Node,
} from "yaml";

import { Problems } from "../../components/domain/problems";
import { lossyText } from "./scalars";

const BYTES_MAX = 1024 * 1024;
const NUL = "\u0000";

/** A place in a file that people can click on; lines and columns count from 1. */
export interface Place {
    readonly file: string;
    readonly line: number;
    readonly column: number;
}

/** One YAML document with the places of its parts, and what a person has to change in it. */
export class YamlFile {
    readonly problems = new Problems();
    readonly #lines = new LineCounter();
    readonly #document: Document | undefined;

    /** @param file absolute; `root` is what names in messages are relative to. */
    constructor(
        readonly file: string,
        readonly root: string,
    ) {
        const text = this.#read();
        this.#document = text === undefined ? undefined : this.#parse(text);
    }

    /** The name in messages. */
    get name(): string {
        return path.relative(this.root, this.file) || path.basename(this.file);
    }

    get contents(): Node | null {
        return this.#document?.contents ?? null;
    }

    /** `Pulumi.dev.yaml:12`; the file alone for what is absent. */
    at(node: unknown): string {
        const place = this.placeOf(node);
        return place === undefined ? this.name : `${this.name}:${place.line}`;
    }

    placeOf(node: unknown): Place | undefined {
        const offset = (node as Node | null | undefined)?.range?.[0];
        if (offset === undefined) return undefined;
        const { line, col } = this.#lines.linePos(offset);
        return { file: this.name, line, column: col };
    }

    #read(): string | undefined {
        let bytes: Buffer;
        try {
            bytes = readFileSync(this.file);
        } catch {
            this.problems.add(
                this.name,
                "the file can't be read",
                "See that it exists and that you may read it",
            );
            return undefined;
        }
        if (bytes.length > BYTES_MAX) {
            this.problems.add(
                this.name,
                "the file is larger than 1 MiB",
                "Move what is not configuration elsewhere",
            );
            return undefined;
        }
        if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) {
            this.problems.add(
                `${this.name}:1`,
                "the file begins with a byte order mark",
                "Save it as UTF-8 without one",
            );
            return undefined;
        }
        try {
            const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
            const nul = text.indexOf(NUL);
            if (nul < 0) return text;
            const line = text.slice(0, nul).split("\n").length;
            this.problems.add(`${this.name}:${line}`, "there is a NUL character", "Remove it");
        } catch {
            this.problems.add(this.name, "the file is not UTF-8", "Save it as UTF-8");
        }
        return undefined;
    }

    #parse(text: string): Document | undefined {
        const documents = parseAllDocuments(text, { lineCounter: this.#lines, prettyErrors: false });
        const [document, second] = Array.isArray(documents) ? documents : [];
        if (second !== undefined) {
            const at = this.at(second.contents);
            this.problems.add(
                at,
                "there is a second document in the file",
                "Keep one: remove the '---' before it",
            );
            return undefined;
        }
        if (document === undefined || (document.contents === null && document.errors.length === 0)) {
            this.problems.add(this.name, "the file is empty", "Write what it should hold, or remove it");
            return undefined;
        }
        for (const { code, pos } of document.errors) this.#syntaxProblem(code, pos[0]);
        if (document.errors.length > 0) return undefined;
        visit(document, {
            Node: (key, node) => {
                this.#nodeProblems(key, node);
            },
        });
        if (!isMap(document.contents)) {
            this.problems.add(this.at(document.contents), "the file must hold fields ('name: value')");
            return undefined;
        }
        for (const { key } of document.contents.items) {
            if (!isScalar(key)) this.problems.add(this.at(key), "a name must be a text");
        }
        return document;
    }

    #nodeProblems(key: unknown, node: Node): void {
        const at = this.at(node);
        if (isAlias(node)) {
            this.problems.add(at, "there is an alias (*)", "Write the value out");
            return;
        }
        if ((node as { anchor?: string }).anchor !== undefined) {
            this.problems.add(at, "there is an anchor (&)", "Write the value out where it is used");
        }
        if (node.tag !== undefined) {
            this.problems.add(at, "there is a tag (!)", "Remove it: values have their plain types");
        }
        const lossy = isScalar(node) ? lossyText(node) : undefined;
        if (lossy !== undefined) {
            this.problems.add(at, `the ${key === "key" ? "name" : "value"} ${lossy}`, "Put it in quotes");
        }
    }

    #syntaxProblem(code: ErrorCode, offset: number): void {
        const { line } = this.#lines.linePos(offset);
        const [message, fix] = SYNTAX[code] ?? [
            "this is not YAML",
            "Look for indentation, colons and quotes here",
        ];
        this.problems.add(`${this.name}:${line}`, message, fix);
    }
}

/** Wordings of ours: the parser's quote the text, which may hold a secret. */
const SYNTAX: Partial<Record<ErrorCode, readonly [string, string]>> = {
    DUPLICATE_KEY: ["the name is there twice", "Keep one of the two"],
    TAB_AS_INDENT: ["a tab indents the line", "Indent with spaces"],
    BAD_INDENT: [
        "the line is indented wrongly, or a bracket above is not closed",
        "Indent it like its neighbours",
    ],
    BAD_ALIAS: ["there is an alias (*)", "Write the value out"],
    MISSING_CHAR: [
        "a quote or bracket is not closed, or a colon is missing",
        "Look for it here or just before",
    ],
};
