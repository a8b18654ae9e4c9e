import assert from "node:assert/strict";

import { useSandbox } from "./sandbox";

describe("the scripts that deploy a rotation", function () {
    this.timeout("30 seconds");
    const place = useSandbox();

    describe("changed-stacks", () => {
        it("compares with what is deployed in each", () => {
            const [first = "", second = ""] = place.commits;
            const deployed = `[[ "$*" == *environment=dev* ]] && echo ${second} || echo ${first}`;
            const changed = (gh: string): string =>
                place.run("changed-stacks", { STUB_gh: gh, BEFORE: second }, "dev", "prod").stdout;
            assert.equal(changed(deployed), '["dev","prod"]\n');
            assert.equal(changed(`echo ${place.commits[2] ?? ""}`), "[]\n");
        });

        it("compares with the commit before the merge where nothing was deployed yet", () => {
            const [, second = "", third = ""] = place.commits;
            assert.equal(
                place.run("changed-stacks", { BEFORE: second }, "dev", "prod").stdout,
                '["dev","prod"]\n',
            );
            assert.equal(place.run("changed-stacks", { BEFORE: third }, "dev", "prod").stdout, "[]\n");
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
            assert.match(stdout, /^Rotation in prod is not deployed, or not verified/);
            assert.equal(calls, "");
        });
    });
});
