import assert from "node:assert/strict";
import { stripVTControlCharacters } from "node:util";

import { printReport, verdict } from "../../../preview/report";
import type { Violation } from "../../../preview/rendering";
import { estuary } from "../../support/estuary";
import { rendering, urnOf } from "../../support/rendering";
import { allow, deny, grant, parameter, role, secret } from "../access/cases";

const violation = (more: Partial<Violation> = {}): Violation => ({
    pack: "strongroom",
    policy: "aws-arn-is-exact",
    level: "mandatory",
    severity: "high",
    description: "A grant names exact ARNs.",
    message: "IAM-03: write the exact ARN.",
    urn: urnOf("aws:iam/rolePolicy:RolePolicy", "estuary/api"),
    ...more,
});

const lines = (text: string): readonly string[] => text.trimEnd().split("\n");

describe("the report for people", () => {
    it("shows a platform with its documents, fields by kind, and consumers", () => {
        const text = printReport([estuary()]);
        const tree = lines(text).slice(lines(text).findIndex((line) => line.startsWith("estuary")));
        assert.deepEqual(tree.slice(0, 6), [
            "estuary  1 document, 1 consumer, 3 resources, owner team-estuary",
            "├─ convex  aws-secrets-manager  estuary/prod/convex",
            "│     external   admin_key (to set) (on revocation)",
            "│     generated  jwt_secret g4/next g5/previous g3, session_key g1 (90 days)",
            "│     literal    user",
            "│     composed   url (optional)",
        ]);
        assert.equal(tree[6], "└─ → api  estuary-prod/api reads convex");
    });

    it("gives the exact command for a value that is still to set", () => {
        assert.ok(
            printReport([estuary()]).includes(
                `pulumi config set --stack prod --secret --path 'strongroom:values["estuary/convex.admin_key"]'`,
            ),
        );
    });

    it("shows the generations, those that move by themselves", () => {
        const text = printReport([estuary()]);
        assert.match(text, /Generations live \(2 fields, 1 rotating\)/u);
        assert.match(text, /jwt_secret {2}g4 since 2026-08-01 \(schedule\),\s+next g5 announced 2026-11-20/u);
        assert.match(text, /since 2026-08-01 \(initial\): estuary\/convex\.session_key g1/u);
    });

    it("lists each resource only where the whole tree is asked for", () => {
        const type = "aws:secretsmanager/secretVersion:SecretVersion";
        assert.ok(!printReport([estuary()]).includes(type));
        assert.ok(printReport([estuary()], { tree: "full" }).includes(`· ${type} estuary/convex`));
    });

    it("says of what can't be decided that it counts, and what to do", () => {
        const message =
            "can't run policy 'x' from policy pack 'y' during preview: string value at .name is unknown";
        const text = printReport([rendering({ violations: [violation({ message, undecided: true })] })]);
        assert.match(
            text.replace(/\s+/g, " "),
            /at \.name is unknown\. What can't be decided counts as violated here/,
        );
        assert.match(text, /1 violation: violated/);
    });

    it("lists exempt violations with owner, reason and end, and counts none of them as a violation", () => {
        const exemption = { owner: "commerce", reason: "OPS-12", until: "2027-01-31" };
        for (const level of ["advisory", "mandatory"] as const) {
            const exempt = rendering({ violations: [violation({ level, exemption })] });
            const text = printReport([exempt]);
            assert.match(text, /Exempt violations \(1 of 1 policy\)/);
            assert.match(text, /Exempt until 2027-01-31 by commerce: OPS-12/);
            assert.match(text, /0 violations, 1 exempt: clean/);
            assert.equal(verdict([exempt]), "clean");
        }
    });

    it("says once what this project's policies say of several resources, which it names before", () => {
        const urns = ["a", "b"].map((name) => `urn:pulumi:prod::strongroom::aws:iam/role:Role::${name}`);
        const violations = urns.map((urn, at) =>
            violation({ urn, message: `IAM-09: '${at === 0 ? "a" : "b"}': "trust[0]" is open. Close it.` }),
        );
        const text = printReport([rendering({ violations })]);
        assert.ok(text.includes("    - Role a trust[0], Role b trust[0]\n      Is open. Close it.\n"), text);
    });
    it("groups violations by policy, and one message with all its resources", () => {
        const other = urnOf("aws:iam/rolePolicy:RolePolicy", "estuary/worker");
        const text = printReport([rendering({ violations: [violation(), violation({ urn: other })] })]);
        assert.ok(text.includes("Mandatory violations (2 of 1 policy)\n  aws-arn-is-exact (high)\n"));
        assert.ok(
            text.includes(
                "    - RolePolicy estuary/api, RolePolicy estuary/worker\n      IAM-03: write the exact ARN.\n",
            ),
        );
    });

    it("says who may read, with secrets by name and configuration counted", () => {
        const resources = [
            secret("estuary/prod/jwt"),
            parameter("/estuary/prod/region"),
            role(),
            grant(allow("*", { Action: ["secretsmanager:GetSecretValue", "ssm:GetParameter"] })),
        ];
        const text = printReport([rendering({ resources })]);
        assert.ok(
            text.includes(
                "  estuary-prod/api\n      aws         as api: estuary/prod/jwt, 1 configuration value\n",
            ),
        );
        assert.match(
            text,
            /Declared and granted differ \(1\)\n {4}read\[0\]: api may read estuary\/prod\/jwt, and no document stands behind it\. Name in the/u,
        );
        assert.match(text, /^prod: 4 resources, 0 violations, 1 access finding: violated$/mu);
    });

    it("tells grants that come to nothing, and those that can't be decided", () => {
        const doubt = allow("*", { Condition: { StringEquals: { "aws:SourceVpce": "x" } } });
        const undecided = printReport([
            rendering({ resources: [secret("estuary/prod/jwt"), role(), grant(doubt)] }),
        ]);
        assert.match(
            undecided,
            /read\[0\]: api may be able to read estuary\/prod\/jwt \(condition key 'aws:SourceVpce' is not/u,
        );
        const denied = printReport([
            rendering({ resources: [secret("estuary/prod/jwt"), role(), grant(allow("*"), deny("*"))] }),
        ]);
        assert.match(
            denied,
            /Granted, but denied \(1\)\n {4}api, read on estuary\/prod\/jwt by read\[1\]: an explicit Deny/u,
        );
        assert.match(denied, /nobody reads \(1\) {2}estuary\/prod\/jwt/u);
    });

    it("says which configuration stayed encrypted", () => {
        assert.match(
            printReport([rendering({ opaqueConfigKeys: ["strongroom:values"] })]),
            /1 encrypted configuration value took part as opaque secrets.*PULUMI_CONFIG_PASSPHRASE/u,
        );
    });

    it("has no colours unless asked", () => {
        const plain = printReport([estuary({ violations: [violation()] })]);
        assert.equal(stripVTControlCharacters(plain), plain);
        const painted = printReport([estuary({ violations: [violation()] })], { color: true });
        assert.notEqual(painted, plain);
        assert.equal(stripVTControlCharacters(painted), plain);
    });

    for (const columns of [60, 80, 100, 140]) {
        it(`keeps within ${columns} columns, but for a command`, () => {
            const message = `IAM-03: ${"long words and arn:aws:iam::222222222222:role/".repeat(6)}`;
            const diagnostics = [
                { severity: "warning" as const, message: `${"x".repeat(300)}\n    at a place` },
            ];
            const all = estuary({ violations: [violation({ message })], diagnostics });
            for (const tree of ["folded", "full"] as const) {
                const wide = lines(printReport([all], { columns, tree })).filter(
                    (line) => line.length > columns,
                );
                assert.deepEqual(
                    wide.filter((line) => !/pulumi config set|--path/u.test(line)),
                    [],
                );
            }
        });
    }

    it("prints an empty stack, and one that failed, without pretending", () => {
        assert.match(printReport([rendering()]), /^prod: 0 resources, 0 violations: clean$/mu);
        const failed = printReport([
            rendering({
                complete: false,
                diagnostics: [{ severity: "error", message: "no such key 'secert'" }],
            }),
        ]);
        assert.match(failed, /^The program failed: what follows is only what came before\.$/mu);
        assert.match(failed, /^ {2}error {2}no such key 'secert'$/mu);
        assert.match(failed, /^prod: 0 resources, 0 violations: failed$/mu);
    });

    it("has a line a stack, and one for all where there are several", () => {
        assert.equal(lines(printReport([rendering()])).at(-1), "prod: 0 resources, 0 violations: clean");
        const three = ["dev", "staging", "prod"].map((stack) => rendering({ stack }));
        assert.deepEqual(lines(printReport(three)).slice(-4), [
            "dev: 0 resources, 0 violations: clean",
            "staging: 0 resources, 0 violations: clean",
            "prod: 0 resources, 0 violations: clean",
            "3 stacks: clean",
        ]);
        assert.equal(printReport([]), "No stack was previewed.\n");
    });
});

describe("the verdict", () => {
    const error = { severity: "error" as const, message: "m" };
    for (const [title, renderings, expected] of [
        ["nothing", [], "clean"],
        ["an advisory violation", [rendering({ violations: [violation({ level: "advisory" })] })], "clean"],
        ["a mandatory violation", [rendering({ violations: [violation()] })], "violated"],
        ["one violated stack of two", [rendering(), rendering({ violations: [violation()] })], "violated"],
        ["a program that failed", [rendering({ complete: false })], "failed"],
        ["an error said aloud", [rendering({ diagnostics: [error] })], "failed"],
        [
            "a failure beside a violation",
            [rendering({ complete: false, violations: [violation()] })],
            "failed",
        ],
    ] as const) {
        it(`of ${title} is ${expected}`, () => {
            assert.equal(verdict(renderings), expected);
        });
    }
});
