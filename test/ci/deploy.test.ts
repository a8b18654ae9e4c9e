import assert from "node:assert/strict";

import { useSandbox } from "./sandbox";

describe("the scripts that deploy a rotation", function () {
    this.timeout("30 seconds");
    const place = useSandbox();

    describe("what there is to deploy", () => {
        const kind = (env: Readonly<Record<string, string>>, stack = "dev") =>
            place.run("deploy/kind", env, stack).stdout;

        it("is compared with what is deployed in each", () => {
            const [first = "", second = "", third = ""] = place.commits;
            const STUB_gh = `[[ "$*" == *rotations=dev* ]] && echo ${third} || echo ${second}`;
            assert.equal(kind({ STUB_gh, BEFORE: first }), "none\n");
            assert.equal(kind({ STUB_gh, BEFORE: first }, "prod"), "rotation\n");
        });

        it("is compared with the commit before the merge where nothing was deployed yet", () => {
            const [, second = "", third = ""] = place.commits;
            assert.equal(kind({ BEFORE: second }), "rotation\n");
            assert.equal(kind({ BEFORE: third }), "none\n");
        });

        for (const file of [
            "stacks/a.ts",
            "components/a.ts",
            "Pulumi.yaml",
            "Pulumi.dev.yaml",
            "package-lock.json",
        ])
            it(`is more than a rotation with ${file}, until that is deployed`, () => {
                const BEFORE = place.git("rev-parse", "HEAD");
                const change = place.commit({ [file]: "changed\n" });
                place.commit({ "ledger/dev.yaml": "4\n" });
                assert.equal(kind({ BEFORE }), "changes\n");
                assert.equal(kind({ BEFORE, STUB_gh: `echo ${change}` }), "rotation\n");
            });

        it("is nothing where other files changed, or another stack's", () => {
            const BEFORE = place.git("rev-parse", "HEAD");
            place.commit({ "docs/a.md": "a", "Pulumi.prod.yaml": "a", "ledger/prod.yaml": "9" });
            assert.equal(kind({ BEFORE }), "none\n");
            assert.equal(kind({ BEFORE }, "prod"), "changes\n");
        });

        it("is asked of GitLab for both environments of the stack, and the later one counts", () => {
            const [first = "", second = ""] = place.commits;
            const { stdout, calls } = place.run(
                "deployed",
                {
                    GITLAB_CI: "true",
                    CI_JOB_TOKEN: "canary-of-job",
                    CI_API_V4_URL: "https://gitlab.example.com/api/v4",
                    CI_PROJECT_ID: "7",
                    STUB_curl: `[[ "$*" == *environment=dev-changes* ]] && echo '[{"id":9,"sha":"${second}"}]' || echo '[{"id":8,"sha":"${first}"}]'`,
                },
                "dev",
            );
            assert.equal(stdout, `${second}\n`);
            assert.ok(!calls.includes("canary"));
        });
    });

    describe("may-deploy", () => {
        it("stops a job for rotations where the program waits, and no other", () => {
            const BEFORE = place.git("rev-parse", "HEAD");
            place.commit({ "ledger/dev.yaml": "4\n" });
            const may = (KIND: string) => place.run("deploy/may-deploy", { STACK: "dev", KIND, BEFORE });
            assert.equal(may("rotation").status, 0);
            place.commit({ "stacks/a.ts": "a" });
            const { status, stderr } = may("rotation");
            assert.equal(status, 1);
            assert.match(stderr, /start 'deploy dev changes'/);
            assert.equal(may("changes").status, 0);
        });

        it("stops when nobody can say what is deployed", () => {
            const env = { STACK: "dev", KIND: "rotation", BEFORE: "HEAD", STUB_gh: "exit 4" };
            assert.equal(place.run("deploy/may-deploy", env).status, 4);
        });
    });

    describe("up", () => {
        const policies = "[--policy-pack] [policies] [--policy-pack-config] [policies/config.prod.json]";
        it("previews, and then deploys", () => {
            const { status, calls } = place.run("deploy/up", { STACK: "prod" });
            assert.equal(status, 0);
            assert.equal(
                calls,
                `pulumi [preview] [--non-interactive] [--stack] [prod] [--suppress-outputs] ${policies}\n` +
                    `pulumi [up] [--yes] [--non-interactive] [--stack] [prod] [--suppress-outputs] ${policies}\n`,
            );
        });

        it("deploys nothing that the preview refuses", () => {
            const { status, calls } = place.run("deploy/up", { STACK: "prod", STUB_pulumi: "exit 255" });
            assert.equal(status, 255);
            assert.doesNotMatch(calls, /\[up\]/);
        });
    });

    describe("check-deployed", () => {
        it("judges the ledger against the deployed one", () => {
            const [first = ""] = place.commits;
            const { status, calls } = place.run("check-deployed", { STACK: "dev", BASE: first });
            assert.equal(status, 0);
            assert.equal(calls, `npm [run] [rotate] [--] [check] [--stack] [dev] [--base] [${first}]\n`);
        });

        it("refuses an old run that would take a deployed ledger back", () => {
            const [first = "", , third = ""] = place.commits;
            place.git("checkout", "--quiet", first);
            const { status, stderr, calls } = place.run("check-deployed", { STACK: "dev", BASE: third });
            assert.equal(status, 1);
            assert.match(stderr, /would take back generations/);
            assert.equal(calls, "");
        });
    });

    describe("verify", () => {
        it("asks until it is so", () => {
            const STUB_npm = '[[ $(grep -c ^npm "$CALLS") == 3 ]]';
            const { status, calls } = place.run("verify", { STACK: "dev", STUB_npm });
            assert.equal(status, 0);
            assert.equal(calls.match(/^npm /gm)?.length, 3);
            assert.equal(calls.match(/^sleep \[120\]$/gm)?.length, 2);
        });

        it("asks nobody where the ledger is as it was", () => {
            const BASE = place.git("rev-parse", "HEAD");
            place.commit({ "stacks/a.ts": "a", "ledger/prod.yaml": "9" });
            assert.equal(place.run("verify", { STACK: "dev", BASE }).calls, "");
            assert.match(
                place.run("verify", { STACK: "prod", BASE }).calls,
                /\[verify\] \[--stack\] \[prod\]/,
            );
        });

        it("gives up in time", () => {
            const { status, stderr } = place.run("verify", {
                STACK: "dev",
                STUB_npm: "exit 2",
                VERIFY_SECONDS: "0",
            });
            assert.equal(status, 1);
            assert.match(stderr, /Consumers of dev do not run what is deployed/);
        });
    });

    describe("notify", () => {
        const line = (stack: string): string => `{"at":"2026-12-01T00:00:00Z","stack":"${stack}"}\n`;
        const env = {
            STACK: "prod",
            LINK: "https://ci.example.com/7",
            SLACK_WEBHOOK_URL: "https://hooks.example.com/canary-of-slack",
            SNS_TOPIC_ARN: "arn:aws:sns:eu-west-1:210987654321:rotation",
        };

        it("tells both receivers the steps that the log has gained, without the webhook in an argument", () => {
            place.commit({ "ledger/prod.events.jsonl": line("prod") });
            const BASE = place.git("rev-parse", "HEAD");
            place.commit({
                "ledger/prod.events.jsonl": line("prod") + line("prod") + line("prod.part") + line("prod"),
            });
            const { status, calls } = place.run("notify", { ...env, BASE }, "deployed");
            assert.equal(status, 0);
            const told = "[--stack] [prod] [--events] [2] [--link] [https://ci.example.com/7]";
            assert.ok(
                calls.includes(`npm [run] [--silent] [rotate] [--] [notice] [--format] [slack] ${told}\n`),
            );
            assert.ok(
                calls.includes(`npm [run] [--silent] [rotate] [--] [notice] [--format] [text] ${told}\n`),
            );
            assert.match(calls, /\ncurl \[--silent\]/);
            assert.match(calls, /\naws \[sns\] \[publish\] \[--region\] \[eu-west-1\] \[--topic-arn\]/);
            assert.ok(!calls.includes("canary"));
        });

        it("says so when nothing was logged", () => {
            const [BASE = ""] = place.commits;
            assert.match(place.run("notify", { ...env, BASE }, "deployed").calls, /\[--events\] \[0\]/);
        });

        it("tells the second receiver although the first is out of reach, and fails", () => {
            const { status, calls } = place.run("notify", { ...env, STUB_curl: "exit 22" }, "failed");
            assert.equal(status, 1);
            assert.match(calls, /aws \[sns\] \[publish\]/);
            assert.ok(!calls.includes("npm"));
        });

        it("prints what it would tell when there is no receiver", () => {
            const { status, stdout, calls } = place.run(
                "notify",
                { STACK: "prod", LINK: env.LINK },
                "failed",
            );
            assert.equal(status, 0);
            assert.match(stdout, /^What was merged for prod is not deployed, or not verified/);
            assert.equal(calls, "");
        });
    });
});
