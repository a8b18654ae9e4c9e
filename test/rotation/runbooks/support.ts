import * as path from "node:path";
import { loadRotation } from "../../../cli/rotate/load";
import { runbooks } from "../../../rotation/runbooks";
import type { RotatingStack } from "../../../rotation/stack";
import { catalogue } from "../../../stacks/catalogue";

export const ROOT = path.resolve(__dirname, "../../..");

/** The stacks of the project and the pages that they make. */
export async function made(): Promise<{
    readonly stacks: readonly RotatingStack[];
    readonly pages: ReadonlyMap<string, string>;
}> {
    const { stacks } = await loadRotation([], ROOT);
    return { stacks, pages: runbooks(catalogue, stacks) };
}

/** The blocks of commands of a page, without the indent of the list that they stand in. */
export function blocks(page: string): string[] {
    return [...page.matchAll(/^( *)```sh\n(.*?)\n\1```$/gms)].map(([, indent = "", body = ""]) =>
        body
            .split("\n")
            .map((line) => line.slice(indent.length))
            .join("\n"),
    );
}

/** The words of a command as a shell splits them; what is expanded stays as it is written. */
export function words(command: string): string[] {
    return [...command.matchAll(/(?:"[^"]*(?:\$\([^)]*\))?[^"]*"|'[^']*'|[^\s"'])+/g)].map(([word]) =>
        word.replace(/^(["'])(.*)\1$/, "$2"),
    );
}

/** The text of one section of a page. */
export function sectionOf(page: string, heading: string): string {
    const [, after = ""] = page.split(`\n## ${heading}\n`);
    return after.split("\n## ")[0] ?? "";
}
