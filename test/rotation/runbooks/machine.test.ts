import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { parse } from "yaml";
import { stepFaults } from "../../../components/domain/rotation/faults";
import type { RotationClass } from "../../../components/domain/rotation/rotation-class";
import type { Generations } from "../../../components/domain/rotation/stages";
import type { Step } from "../../../components/domain/rotation/steps";
import { runbooks } from "../../../rotation/runbooks";
import { subjectsOf } from "../../../rotation/runbooks/subject";
import { catalogue } from "../../../stacks/catalogue";
import { accessKeyPair } from "../../../stacks/catalogue/rotation-classes";
import { made, ROOT, sectionOf } from "./support";

const cause = { reason: "request", reference: "T-1" } as const;
const compromise = { reason: "compromise", reference: "T-1" } as const;
const one: Generations = { current: { generation: 1, since: "2020-01-01", reason: "initial" } };
const two = (why: typeof cause | typeof compromise): Generations => ({
    current: { generation: 2, since: "2020-01-01", ...why },
    previous: { generation: 1, until: "2020-02-01" },
});
const on = "2020-03-01";
const until = "2021-01-01";
const allows = (rotationClass: RotationClass, before: Generations, step: Step): boolean =>
    stepFaults(before, step, { rotationClass }).length === 0;

describe("the runbooks beside the machine of steps", () => {
    let pages: ReadonlyMap<string, string>;
    let stacks: Awaited<ReturnType<typeof made>>["stacks"];

    before(async () => {
        ({ pages, stacks } = await made());
    });

    it("say of each field in each stack what the machine allows", () => {
        let judged = 0;
        for (const { stack, fields } of stacks) {
            for (const [id, { rotationClass, isOurs }] of fields) {
                const page = pages.get(`${id}.md`) ?? assert.fail(id);
                const leaked = sectionOf(page, `Leaked in ${stack}`);
                const uses = (command: string, text = page): boolean =>
                    text.includes(`rotate -- ${command} ${id} --stack ${stack} `);
                const place = `${id} in ${stack}`;
                const drops = allows(rotationClass, one, {
                    kind: "revoke",
                    on,
                    use: "fresh",
                    cause: compromise,
                });
                const retires = allows(rotationClass, two(cause), { kind: "retire" });
                const again = { reason: "rollback", reference: "any" } as const;
                const back: Step = { kind: "roll back", on, until, cause: again };
                assert.equal(uses("compromise", leaked), isOurs, place);
                assert.equal(uses("external", leaked), !isOurs, place);
                assert.equal(uses("request"), isOurs, place);
                assert.equal(leaked.includes("goes at once, with no overlap"), isOurs && drops, place);
                assert.equal(uses("rewritten", leaked), isOurs && !retires, place);
                assert.equal(uses("rollback"), isOurs && allows(rotationClass, two(cause), back), place);
                if (!isOurs) continue;
                const wayBack = sectionOf(page, "Go back");
                const refused = !allows(rotationClass, two(compromise), back);
                assert.equal(wayBack.includes("After a compromise there is no way back"), refused, place);
                judged += 1;
            }
        }
        assert.ok(judged > 30);
    });

    it("follow the stack where it creates an access key, and its issuer where it does not", () => {
        const id = "marketplace/s3.access_key";
        const created = stacks.map((stack) => {
            const known = stack.fields.get(id) ?? assert.fail(id);
            const field =
                stack.stack === "prod" ? { ...known, rotationClass: accessKeyPair, isOurs: true } : known;
            return { ...stack, fields: new Map([...stack.fields, [id, field]]) };
        });
        const page = runbooks(catalogue, created).get(`${id}.md`) ?? assert.fail();
        assert.match(
            sectionOf(page, "Leaked in prod"),
            /rotate -- compromise marketplace\/s3\.access_key --stack prod/,
        );
        assert.match(
            sectionOf(page, "Leaked in dev"),
            /rotate -- external marketplace\/s3\.access_key --stack dev/,
        );
        assert.match(sectionOf(page, "How it rotates"), /In prod: .*The issuer takes the old one as well/);
    });

    it("name stores, paths and references as the program declares them", () => {
        let compared = 0;
        const subjects = subjectsOf(catalogue, stacks);
        for (const { stack } of stacks) {
            const golden = parse(
                fs.readFileSync(path.join(ROOT, "test/golden", `${stack}.yaml`), "utf8"),
            ) as { resources: Record<string, { inputs?: Record<string, unknown> }> };
            const documents = Object.entries(golden.resources).filter(([name]) =>
                name.includes("strongroom:secrets:Document "),
            );
            for (const { platform, documentName, fieldName, places } of subjects) {
                const declared = documents.find(([name]) =>
                    name.endsWith(` ${platform.name}/${documentName}`),
                );
                const inputs = declared?.[1].inputs as {
                    path: string;
                    fields: Record<string, { reference?: string }>;
                };
                const { at } = places.find((place) => place.stack.stack === stack) ?? assert.fail();
                assert.equal(at.reference, inputs.fields[fieldName]?.reference);
                if (at.store !== "Kubernetes") assert.equal(at.entry, inputs.path);
                compared += 1;
            }
        }
        assert.ok(compared > 80);
    });
});
