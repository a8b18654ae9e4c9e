import { statSync } from "node:fs";
import path from "node:path";

import { Problems, suggest } from "../../components/domain/problems";
import { UserError } from "../../preview/errors";
import { forms, headline, type Form, type FormOptions } from "../../review/forms";
import type * as Pack from "../../policies/pack";
import type { RuleTold } from "../../review/forms";
import { pageHtml } from "../../review/page";
import type { Review } from "../../review/review";
import { readIfThere, replaceFiles } from "../../rotation/files";

export type AnyForm = Form | "html";

/** What is to be written where. */
export interface Outputs {
    readonly stdout: AnyForm;
    readonly files: readonly { readonly form: AnyForm; readonly file: string }[];
}

const ALL: readonly string[] = [...Object.keys(forms), "html"];

/**
 * Reads `--format` and `--out`, before anything is rendered for it.
 *
 * @throws {UserError} naming every mistake.
 */
export function readOutputs(format: string, outs: readonly string[]): Outputs {
    const problems = new Problems();
    const formOf = (place: string, name: string): AnyForm => {
        if (!ALL.includes(name)) problems.add(place, `there is no form '${name}'`, suggest(name, ALL));
        return name as AnyForm;
    };
    const stdout = formOf(`--format ${format}`, format);
    const files = outs.map((out) => {
        const place = `--out ${out}`;
        const at = out.indexOf("=");
        const file = at < 0 ? "" : out.slice(at + 1);
        if (file === "")
            problems.add(place, "it names no file", "Write a form and a file: --out markdown=review.md");
        else checkFile(place, file, problems);
        const form = at < 0 ? stdout : formOf(place, out.slice(0, at));
        return { form, file: path.resolve(file) };
    });
    for (const [at, { file }] of files.entries())
        if (files.findIndex((each) => each.file === file) < at)
            problems.add(
                `--out ${outs[at] ?? ""}`,
                "another form goes to the same file",
                "Give each its own",
            );
    if (!problems.empty) throw new UserError("The command", problems.all);
    return { stdout, files };
}

function checkFile(place: string, file: string, problems: Problems): void {
    const folder = path.dirname(path.resolve(file));
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true)
        problems.add(place, `there is no folder ${path.dirname(file)}`, "Make it first");
    else if (statSync(file, { throwIfNoEntry: false })?.isDirectory() === true)
        problems.add(place, "that is a folder", "Name a file in it");
}

/** Forms that name each rule of the pack, and not only those that say something. */
const WITH_RULES: readonly AnyForm[] = ["sarif", "junit"];

/** All files or none, then stdout. */
export function writeOutputs(
    { stdout, files }: Outputs,
    review: Review,
    { quiet, ...options }: FormOptions & { readonly quiet: boolean },
): void {
    const wanted = [stdout, ...files.map(({ form }) => form)];
    const rules = wanted.some((form) => WITH_RULES.includes(form)) ? { rules: rulesTold() } : {};
    const texts = new Map<AnyForm, string>();
    const inFile = (form: AnyForm): string => {
        const text = texts.get(form) ?? textOf(form, review, rules);
        texts.set(form, text);
        return text;
    };
    replaceFiles(files.map(({ form, file }) => ({ file, before: readIfThere(file), after: inFile(form) })));
    process.stdout.write(
        quiet && stdout === "terminal"
            ? `${headline(review)}\n`
            : textOf(stdout, review, { ...options, ...rules }),
    );
}

/** The rules of the project's own pack. */
function rulesTold(): readonly RuleTold[] {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- two forms need the pack, the others start without it
    const { rules } = require("../../policies/pack") as typeof Pack;
    return rules.map(({ id, name, description, remediationSteps, url, severity }) => ({
        ...{ policy: name, id, description, help: remediationSteps, url, severity },
    }));
}

const textOf = (form: AnyForm, review: Review, options: FormOptions): string =>
    form === "html" ? pageHtml(review) : forms[form](review, options);
