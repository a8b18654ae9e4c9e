import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";

import type { Document } from "../../components/domain/catalogue";
import { catalogue } from "../../stacks/catalogue";
import { projectDirectory } from "../project-directory";
import type { ValuesOf } from "./candidates";

/**
 * What the values of an option or an argument are, by its name, or by what stands for the value in its help: those that
 * the project's files, its catalogue and Git know at once. No program runs, and no cloud is asked.
 */
export const valuesOf: ValuesOf = (name, placeholder) => (VALUES[name] ?? VALUES[placeholder] ?? none)();

const none = (): readonly string[] => [];

const VALUES: Readonly<Record<string, () => readonly string[] | "files">> = {
    stack: () =>
        readdirSync(projectDirectory())
            .map((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1])
            .filter((each) => each !== undefined)
            .sort(),
    platform: () => catalogue.map(({ name }) => name),
    document: () => documents().map(({ id }) => id),
    field: () =>
        documents().flatMap(({ id, fields }) =>
            Object.entries(fields)
                .filter(([, { kind }]) => kind !== "literal")
                .map(([field]) => `${id}.${field}`),
        ),
    holder: () => [...new Set(documents().flatMap(({ holders }) => holders))],
    base: references,
    commit: references,
    file: () => "files",
    dir: () => "files",
};

function documents(): readonly (Pick<Document, "fields" | "holders"> & { readonly id: string })[] {
    return catalogue.flatMap((platform) =>
        Object.entries(platform.documents).map(([name, { fields, holders }]) => ({
            id: `${platform.name}/${name}`,
            fields,
            holders,
        })),
    );
}

/** Branches and tags, as short as Git takes them; none without Git. */
function references(): readonly string[] {
    try {
        const args = ["for-each-ref", "--format=%(refname:short)", "refs/heads", "refs/remotes", "refs/tags"];
        const text = execFileSync("git", ["-C", projectDirectory(), ...args], {
            encoding: "utf8",
            stdio: ["ignore", "pipe", "ignore"],
        });
        return text.split("\n").filter((each) => each !== "");
    } catch {
        return [];
    }
}
