import assert from "node:assert/strict";
import { runsProgram, strongroom, Workspace } from "./support";

describe("strongroom access", function () {
    this.timeout("1 minute");

    it("tells who may read a document in one stack, and ends with 0", async () => {
        const { code, stdout, stderr } = await strongroom([
            "access",
            "-s",
            "prod",
            "-d",
            "yosai/db",
            "--verb",
            "read",
        ]);
        assert.match(
            stdout,
            /^ {4}read: role yosai-prod-dashboard, by yosai-prod-dashboard "secret\/data\/yosai\/prod\/db"$/mu,
        );
        assert.match(
            stdout,
            /^ {4}read: service account yosai-prod\/dashboard on eks-prod as role yosai-prod-dashboard, by /mu,
        );
        assert.doesNotMatch(stdout, /── dev/u);
        assert.deepEqual({ code, stderr }, { code: 0, stderr: "" });
    });

    it("asks identities of every stack, whichever stack's entries it tells", async () => {
        const { code, stdout } = await strongroom([
            "access",
            "-s",
            "prod",
            "-i",
            "yosai-dev-dashboard",
            "--json",
        ]);
        const { stacks } = JSON.parse(stdout) as { stacks: { answers: unknown[]; questions: number }[] };
        assert.deepEqual(stacks[0]?.answers, []);
        assert.ok(stacks[0].questions > 100);
        assert.equal(code, 0);
    });

    for (const [args, says] of [
        [
            ["--identity", "yosai-prod-dashbord"],
            /--identity yosai-prod-dashbord: .* Did you mean 'yosai-prod-dashboard'\?/u,
        ],
        [["--verb", "raed"], /--verb raed: .* Did you mean 'read'\?/u],
        [["--stack", "prd"], /--stack prd: there is no such stack\. There are dev, prod\./u],
    ] as const)
        it(`refuses ${args.join(" ")}`, async () => {
            const { code, stdout, text } = await strongroom(["access", ...args]);
            assert.match(text, says);
            assert.deepEqual({ code, stdout }, { code: 1, stdout: "" });
        });

    it("ends with 2 and the findings where the catalogue and the grants differ", async () => {
        const workspace = new Workspace({ "Pulumi.yaml": runsProgram("overgranting") });
        try {
            const { code, text } = await strongroom(["access", "-s", "prod"], { cwd: workspace.directory });
            assert.match(
                text,
                /Findings \(1\): reader\[0\] by reader: group developers may read shop-prod\/db, and no document stands behind it\. Name/u,
            );
            assert.equal(code, 2);
        } finally {
            workspace.remove();
        }
    });
});
