import * as fs from "node:fs";
import * as path from "node:path";
import type { Catalogue, Field } from "../components/domain/catalogue";
import { generated, password, rotates } from "../components/domain/fields";
import { fieldFacts } from "../rotation/describe";
import { editLedger } from "../rotation/edit";
import { planDue } from "../rotation/plan";
import { pullRequestText } from "../rotation/pull-request";
import { record } from "../rotation/record";
import { readRotatingStack } from "../rotation/stack";
import { accountPassword, tokenSigningKey } from "../stacks/catalogue/rotation-classes";

/**
 * What `rotate due` does, for a made-up stack of very many fields: read the ledger, plan, edit, write, and the text of the
 * pull request. A process of its own: `node --require ./startup/register.js bench/rotation.ts <folder> <fields>`.
 */
const PER_DOCUMENT = 10;
const PER_PLATFORM = 500;

/** A catalogue of that many drawn fields, half of which overlap. */
export function rotatingCatalogue(fields: number): Catalogue {
    return Array.from({ length: Math.ceil(fields / PER_PLATFORM) }, (_, platform) => ({
        name: `platform${String(platform)}`,
        title: "Made up",
        owner: "bench",
        documents: Object.fromEntries(
            Array.from({ length: PER_PLATFORM / PER_DOCUMENT }, (_, at) => [
                `doc${String(at)}`,
                { description: "Made up", category: "security", holders: ["bench"], fields: madeUpFields() },
            ]),
        ),
        config: {},
        consumers: {},
    }));
}

function madeUpFields(): Record<string, Field> {
    return Object.fromEntries(
        Array.from({ length: PER_DOCUMENT }, (_, at) => {
            const rotationClass = at % 2 === 0 ? tokenSigningKey : accountPassword;
            return [`f${String(at)}`, generated("Made up", password(32), rotates(rotationClass, "90 days"))];
        }),
    );
}

/** Writes the ledger of such a stack: every field is due. */
export function writeRotatingLedger(directory: string, fields: number): void {
    const current = { generation: 1, since: "2026-01-01", reason: "initial" } as const;
    const added = rotatingCatalogue(fields).flatMap(({ name, documents }) =>
        Object.entries(documents).flatMap(([document, { fields: own }]) =>
            Object.keys(own).map((field) => {
                const change = { before: undefined, after: { current } };
                return [`${name}/${document}.${field}`, change] as const;
            }),
        ),
    );
    fs.writeFileSync(path.join(directory, "ledger.yaml"), editLedger("", new Map(added)));
}

function rotate(directory: string, fields: number): void {
    const catalogue = rotatingCatalogue(fields);
    const platform = { cluster: "main", secrets: "kubernetes", config: "kubernetes" };
    const values = {
        "strongroom:environment": "bench",
        "strongroom:environments": JSON.stringify(["bench"]),
        "strongroom:ledger": "ledger.yaml",
        "strongroom:clusters": JSON.stringify({ main: { context: "bench", distribution: "self-managed" } }),
        "strongroom:platforms": JSON.stringify(
            Object.fromEntries(catalogue.map(({ name }) => [name, platform])),
        ),
    };
    const { stack, problems } = readRotatingStack(
        directory,
        { stack: "bench", values, secretKeys: [] },
        catalogue,
    );
    if (stack === undefined) throw new Error(JSON.stringify(problems[0]));
    const today = "2026-11-22";
    const plan = planDue(stack, today, { stacks: [stack], today });
    record([plan], { by: "bench", at: "2026-11-22T00:00:00Z" }, false);
    const text = pullRequestText([plan], fieldFacts(catalogue));
    console.log(JSON.stringify({ steps: plan.steps.length, characters: text.length }));
}

const [, , directory, fields] = process.argv;
if (require.main === module && directory !== undefined) rotate(directory, Number(fields));
