import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { runsProgram, strongroom, Workspace, ROOT, type Run } from "./support";

/**
 * Exemptions from the stack's file to the report, through the real pack as its own process. What this does not prove:
 * that the engine hands the pack the same configuration, which it does for the facts as well.
 */
interface Told {
    readonly policy: string;
    readonly level: string;
    readonly message: string;
    readonly urn?: string;
    readonly exemption?: object;
}

interface Result {
    readonly run: Run;
    readonly violations: readonly Told[];
    readonly exemptions: readonly Told[];
}

const POLICY = "k8s-01-roles-get-named-secrets";
const URN = "urn:pulumi:prod::strongroom::kubernetes:rbac.authorization.k8s.io/v1:Role::reader";
const EXEMPTION = {
    policy: "K8S-01",
    resource: "Role reader",
    owner: "platform-engineering",
    reason: "OPS-12: the old reader goes in March",
    until: "2027-03-01",
};

/** Previews a program with one Role that lists Secrets. */
async function preview(
    exemptions: readonly object[],
    today: string,
    more: readonly string[] = ["--json"],
): Promise<Result> {
    const workspace = new Workspace({
        "Pulumi.yaml": runsProgram("violating"),
        "Pulumi.prod.yaml": (before) => `${before}  strongroom:exemptions: ${JSON.stringify(exemptions)}\n`,
    });
    try {
        const args = ["preview", "--stack", "prod", "--today", today, ...more];
        const run = await strongroom(args, { cwd: workspace.directory });
        if (!run.stdout.startsWith("{")) return { run, violations: [], exemptions: [] };
        const { stacks } = JSON.parse(run.stdout) as { stacks: Omit<Result, "run">[] };
        assert.ok(stacks[0]);
        return { ...stacks[0], run };
    } finally {
        workspace.remove();
    }
}

const of = (told: readonly Told[], policy: string): readonly Told[] =>
    told.filter((each) => each.policy === policy);
const EXM = "exm-01-exemptions-hold";

describe("an exemption", () => {
    it("turns the violation into a line of the report: who, why and until when", async () => {
        const { violations, exemptions } = await preview([EXEMPTION], "2027-02-01");
        assert.deepEqual(of(violations, POLICY), []);
        assert.deepEqual(of(violations, EXM), []);
        const { owner, reason, until } = EXEMPTION;
        assert.ok(exemptions.length > 0);
        for (const { policy, level, message, urn, exemption } of exemptions) {
            assert.deepEqual({ policy, level, urn }, { policy: POLICY, level: "advisory", urn: URN });
            assert.deepEqual(exemption, { owner, reason, until });
            assert.match(message, /^K8S-01: 'reader': "rules\[0\]\.\w+" /);
        }
        const { run } = await preview([{ ...EXEMPTION, resource: URN }], "2027-03-01", []);
        assert.match(run.text, /Exempt violations \(\d+ of 1 policy\) k8s-01-roles-get-named-secrets/);
        assert.match(
            run.text,
            /Role reader rules\[0\]\.\w+ .* Exempt until 2027-03-01 by platform-engineering: OPS-12: the old reader goes in March/,
        );
        assert.match(run.text, /prod: 1 resource, \d+ violations?.*, \d+ exempt: /);
    });

    it("that has ended exempts from nothing, and is a violation itself", async () => {
        const { run, violations, exemptions } = await preview([EXEMPTION], "2027-03-02");
        assert.ok(of(violations, POLICY).length > 0);
        assert.deepEqual(exemptions, []);
        const [ended, ...others] = of(violations, EXM);
        assert.match(
            ended?.message ?? "",
            /^EXM-01: 'K8S-01': "strongroom:exemptions\[0\]\.until" was the last/,
        );
        assert.deepEqual(others, []);
        assert.deepEqual([ended?.urn, ended?.level], [URN, "mandatory"]);
        assert.equal(run.code, 2);
    });

    for (const [title, exemption, says] of [
        [
            "lasts too long",
            { ...EXEMPTION, until: "2027-05-03" },
            /is too far away, 2027-05-03\. Let it end by 2027-05-02/,
        ],
        [
            "names no resource of the stack",
            { ...EXEMPTION, resource: "Role raeder" },
            /is not in this stack\. Did you mean 'Role reader'/,
        ],
        ["is not needed", { ...EXEMPTION, policy: "K8S-03" }, /is not needed: K8S-03 has nothing against it/],
        [
            "is from a policy about others",
            { ...EXEMPTION, policy: "IAM-01" },
            /is not needed: IAM-01 has nothing/,
        ],
    ] as const) {
        it(`that ${title} is a violation`, async () => {
            const { run, violations } = await preview([exemption], "2027-02-01");
            assert.deepEqual(of(violations, EXM).length, 1, run.text);
            assert.match(of(violations, EXM)[0]?.message ?? "", says);
            assert.equal(run.code, 2);
        });
    }

    it("may last ninety days, today not counted", async () => {
        const { violations } = await preview([{ ...EXEMPTION, until: "2027-05-02" }], "2027-02-01");
        assert.deepEqual(of(violations, EXM), []);
    });

    it("is refused with mistakes, each with its line", async () => {
        const { run } = await preview(
            [
                { ...EXEMPTION, until: undefined },
                { ...EXEMPTION, policy: "ISO-03" },
            ],
            "2027-02-01",
            [],
        );
        const line = readFileSync(`${ROOT}/Pulumi.prod.yaml`, "utf8").split("\n").length;
        assert.ok(
            run.text.includes(`Pulumi.prod.yaml:${String(line)} strongroom:exemptions[0]: has no 'until'`),
            run.text,
        );
        assert.match(run.text, /strongroom:exemptions\[1\]\.policy: ISO-03 allows no exemption/);
        assert.equal(run.code, 1);
    });

    it("is refused on a day that is none", async () => {
        const { run } = await preview([], "2027-02-30", []);
        assert.match(run.text, /--today 2027-02-30: a day is written YYYY-MM-DD/);
        assert.equal(run.code, 1);
    });
});
