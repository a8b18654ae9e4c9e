import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";

import { useSandbox } from "./sandbox";

/** What a night's run prints, made up after the engine's own display; that the engine prints it so is not proved here. */
const REFRESH = String.raw`Previewing refresh (prod):

 ~  aws:iam:Role devplatform-prod-backend update [diff: ~inlinePolicies,tags]
 -  kubernetes:core/v1:Namespace devplatform delete
    pulumi:pulumi:Stack strongroom-prod
Diagnostics:
  aws:iam:Role (devplatform-prod-backend):
    warning: the value is canary-of-provider
    ~ password: "canary-of-old" => "canary-of-new"
Resources:
    ~ 1 to update
error: no changes were expected but changes were proposed`;

describe("the scripts that look for drift", function () {
    this.timeout("30 seconds");
    const place = useSandbox();
    const out = (): string => path.join(place.folder, "drift.txt");
    const check = (code: number) => {
        fs.writeFileSync(path.join(place.folder, "refresh"), REFRESH);
        const STUB_pulumi = `cat "$HOME/refresh"; exit ${String(code)}`;
        return place.run("drift/check", { STACK: "prod", OUT: out(), STUB_pulumi });
    };

    it("tell what drifted by type, name and properties, and no value", () => {
        const { status, stdout, stderr } = check(7);
        assert.equal(status, 2);
        assert.equal(
            fs.readFileSync(out(), "utf8"),
            "Drift in prod:\n\n" +
                "    ~  aws:iam:Role devplatform-prod-backend update [diff: ~inlinePolicies,tags]\n" +
                "    -  kubernetes:core/v1:Namespace devplatform delete\n\n",
        );
        assert.doesNotMatch(stdout + stderr, /canary/);
    });

    it("change nothing, and open no value", () => {
        const { calls } = check(0);
        assert.match(calls, /^pulumi \[refresh\] \[--preview-only\] \[--expect-no-changes\]/);
        for (const type of ["aws:secretsmanager/secretVersion:SecretVersion", "vault:kv/secretV2:SecretV2"])
            assert.ok(calls.includes(`[--exclude] [**${type}::*]`), type);
        assert.equal(calls.split("\n").length, 2);
    });

    it("say so when nothing drifted", () => {
        const { status, stdout } = check(0);
        assert.equal(status, 0);
        assert.equal(stdout, "prod is as it was deployed.\n");
        assert.ok(!fs.existsSync(out()));
    });

    it("do not take a failure for drift, nor for none", () => {
        const { status, stderr } = check(1);
        assert.equal(status, 1);
        assert.match(stderr, /exit code 1.*aws:iam:Role \(devplatform-prod-backend\)/s);
        assert.doesNotMatch(stderr, /canary/);
        assert.ok(!fs.existsSync(out()));
    });

    describe("keep one issue", () => {
        const found = (): string => path.join(place.folder, "found");
        const own =
            '[{"number":12,"title":"Drift: resources are not as they were deployed","author":{"is_bot":true,"login":"app/github-actions"}}]';
        const tell = (issues: string, COMPLETE = "true") =>
            place.run("drift/issue", {
                FOUND: found(),
                COMPLETE,
                LINK: "https://ci.example.com/7",
                STUB_gh: `[[ $2 == list ]] && echo '${issues}'; while (($# > 0)); do if [[ $1 == --body-file ]]; then cp "$2" "$HOME/body"; fi; shift; done; true`,
            });
        const drift = (): void => {
            fs.mkdirSync(path.join(found(), "drift-prod"), { recursive: true });
            fs.writeFileSync(path.join(found(), "drift-prod/drift.txt"), "Drift in prod:\n");
        };

        it("which is opened", () => {
            drift();
            assert.match(tell("[]").calls, /gh \[issue\] \[create\] \[--title\] \[Drift: /);
            assert.match(
                fs.readFileSync(path.join(place.folder, "body"), "utf8"),
                /^Drift in prod:\n.*ci\.example/s,
            );
        });

        it("which is brought up to date, and not somebody else's of the same title", () => {
            drift();
            assert.match(tell(own).calls, /gh \[issue\] \[edit\] \[12\]/);
            assert.match(tell(own.replace("true", "false")).calls, /\[create\]/);
        });

        it("which is closed when everything was looked at, and nothing drifts", () => {
            assert.match(tell(own).calls, /gh \[issue\] \[close\] \[12\]/);
            assert.doesNotMatch(tell(own, "false").calls, /close/);
            assert.doesNotMatch(tell("[]").calls, /close|create/);
        });
    });
});
