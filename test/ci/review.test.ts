import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";

import { skip } from "../support/skip";
import { useSandbox } from "./sandbox";
import { zip } from "./zip";

const MARKER = "<!-- strongroom-review -->";
const TEXT = `${MARKER}\n## Review\n\n\`$(id)\` \${{ github.token }} @example-org/security "quoted" ž\n`;

/** That the forges take what is sent to them is not proved. */
describe("the scripts of the review", function () {
    this.timeout("30 seconds");
    const place = useSandbox();
    const at = (name: string): string => path.join(place.folder, name);

    describe("run", () => {
        const run = (npm: string) =>
            place.run("review/run", {
                BASE: "0a1b",
                OUT: at("out"),
                GITHUB_STEP_SUMMARY: at("summary"),
                STUB_npm: npm,
            });
        const text = (): string => fs.readFileSync(at("out/review.md"), "utf8");

        it("asks for every form", () => {
            const { status, calls } = run(`echo '${MARKER}' >"$HOME/out/review.md"`);
            assert.equal(status, 0);
            const forms = ["markdown=", "sarif=", "junit=", "html="].map((form, index) => {
                const ending = ["md", "sarif", "xml", "html"][index] ?? "";
                return `[--out] [${form}${at("out")}/review.${ending}]`;
            });
            assert.equal(calls, `npm [run] [--silent] [review] [--] [--base] [0a1b] ${forms.join(" ")}\n`);
            assert.equal(fs.readFileSync(at("summary"), "utf8"), `${MARKER}\n`);
        });

        it("ends as the review does, and keeps its text", () => {
            const { status } = run(`printf '${MARKER}\\nviolated\\n' >"$HOME/out/review.md"; exit 2`);
            assert.equal(status, 2);
            assert.equal(text(), `${MARKER}\nviolated\n`);
        });

        it("marks a text that has no mark", () => {
            run(`echo "## Review" >"$HOME/out/review.md"`);
            assert.equal(text(), `${MARKER}\n## Review\n`);
            assert.deepEqual(fs.readdirSync(at("out")), ["review.md"]);
        });

        it("says so when there is no text", () => {
            assert.equal(run("exit 3").status, 3);
            assert.match(text(), new RegExp(`^${MARKER}\nThe review could not be made: exit code 3\\.`));
        });
    });

    describe("checked-text", () => {
        const check = (content: string | Buffer, env: Readonly<Record<string, string>> = {}) => {
            fs.writeFileSync(at("text"), content);
            return place.run("review/checked-text", env, at("text"));
        };
        const body = (stdout: string): string => (JSON.parse(stdout) as { body: string }).body;

        it("hands a review on as it is, as JSON", () => {
            assert.equal(body(check(TEXT).stdout), TEXT);
        });

        it("counts characters, and not bytes", () => {
            const longest = `${MARKER}\n${"→".repeat(65_000 - MARKER.length - 1)}`;
            assert.equal(body(check(longest).stdout), longest);
            assert.equal(check(`${longest}→`).status, 1);
        });

        it("says of a fork's that it is one, and lets it call nobody", () => {
            const text = body(check(TEXT, { ORIGIN: "fork" }).stdout);
            assert.ok(text.startsWith(`${MARKER}\n> **From a fork.** `));
            assert.ok(text.includes("@\u200bexample-org/security"));
            assert.doesNotMatch(text, /@\w/);
        });

        it("takes what is no UTF-8, a NUL and a carriage return for what can be sent", () => {
            const { status, stdout } = check(
                Buffer.concat([Buffer.from(`${MARKER}\r\n`), Buffer.from([0xff, 0, 0x1b])]),
            );
            assert.equal(status, 0);
            assert.equal(body(stdout), `${MARKER}\n\ufffd\u001b`);
        });

        for (const [title, content, told] of [
            ["nothing", "", /does not begin as a review/],
            ["another text", "You have won.\n", /does not begin as a review/],
            ["the marker further down", `\n${MARKER}\n`, /does not begin as a review/],
            ["more behind the marker", `${MARKER} and more\n`, /does not begin as a review/],
            ["what is too long", `${MARKER}\n${"x".repeat(65_000)}`, /longer than 65000 characters/],
        ] as const)
            it(`refuses ${title}`, () => {
                const { status, stdout, stderr } = check(content);
                assert.equal(status, 1);
                assert.equal(stdout, "");
                assert.match(stderr, told);
            });
    });

    describe("comment", () => {
        const sha = "ab".repeat(20);
        const pull = (more: object = {}) => ({
            number: 17,
            head: { sha, repo: { full_name: "stranger/strongroom" } },
            base: { repo: { full_name: "example/strongroom" } },
            ...more,
        });
        const own = { id: 5, user: { login: "github-actions[bot]" }, body: `${MARKER}\nold` };
        interface Answers {
            readonly pulls?: readonly object[];
            readonly artifacts?: readonly object[];
            readonly archive?: Buffer;
            readonly comments?: readonly object[];
            readonly env?: Readonly<Record<string, string>>;
        }
        const comment = (answers: Answers) => {
            const { pulls = [pull()], comments = [], env = {} } = answers;
            const { artifacts = [{ id: 3, size_in_bytes: 100, expired: false }] } = answers;
            fs.writeFileSync(at("pulls"), JSON.stringify(pulls));
            fs.writeFileSync(at("artifacts"), JSON.stringify({ artifacts }));
            fs.writeFileSync(at("archive"), answers.archive ?? zip({ "review.md": { text: TEXT } }));
            fs.writeFileSync(at("comments"), JSON.stringify(comments));
            fs.rmSync(at("sent"), { force: true });
            return place.run("review/comment", {
                RUN: "99",
                HEAD_REPOSITORY: "stranger/strongroom",
                HEAD_BRANCH: "fix; $(touch pwned)",
                HEAD_SHA: sha,
                STUB_gh: `case "$*" in
                    *--input*) cp "\${@: -1}" "$HOME/sent" ;;
                    */pulls*) cat "$HOME/pulls" ;;
                    */runs/99/artifacts*) cat "$HOME/artifacts" ;;
                    */artifacts/3/zip) cat "$HOME/archive" ;;
                    */comments*) cat "$HOME/comments" ;;
                    *) exit 9 ;;
                esac`,
                ...env,
            });
        };
        const sent = (): string | undefined =>
            fs.existsSync(at("sent"))
                ? (JSON.parse(fs.readFileSync(at("sent"), "utf8")) as { body: string }).body
                : undefined;

        before(function () {
            if (spawnSync("unzip", ["-v"]).error !== undefined) skip(this, "unzip is not installed");
        });

        it("posts the text to the pull request that GitHub names", () => {
            const { status, calls, stderr } = comment({});
            assert.equal(status, 0, stderr);
            assert.match(calls, /\[head=stranger:fix; \$\(touch pwned\)\]/);
            assert.match(calls, /\[POST\] \[repos\/example\/strongroom\/issues\/17\/comments\] \[--input\]/);
            assert.match(sent() ?? "", /From a fork/);
            assert.ok(!fs.existsSync(at("clone/pwned")));
        });

        it("posts the text of an own branch as it is", () => {
            const repo = { full_name: "example/strongroom" };
            const pulls = [pull({ head: { sha, repo } })];
            comment({ pulls, env: { HEAD_REPOSITORY: "example/strongroom" } });
            assert.equal(sent(), TEXT);
        });

        it("brings its own comment up to date, and leaves everybody else's alone", () => {
            const others = [
                { id: 1, user: { login: "stranger" }, body: `${MARKER}\nmine` },
                { id: 2, user: { login: "github-actions[bot]" }, body: `Of another workflow. ${MARKER}` },
            ];
            const { calls } = comment({ comments: [...others, own] });
            assert.match(calls, /\[PATCH\] \[repos\/example\/strongroom\/issues\/comments\/5\]/);
            assert.doesNotMatch(calls, /\[POST\]/);
            assert.match(comment({ comments: others }).calls, /\[POST\]/);
        });

        it("has nothing to say where the branch has moved on, or the pull request is another's", () => {
            const moved = pull({ head: { sha: "cd".repeat(20), repo: pull().head.repo } });
            const elsewhere = pull({ base: { repo: { full_name: "stranger/strongroom" } } });
            for (const pulls of [[], [moved], [elsewhere]]) {
                const { status, calls } = comment({ pulls });
                assert.equal(status, 0);
                assert.equal(calls.match(/^gh /gm)?.length, 1);
                assert.equal(sent(), undefined);
            }
        });

        it("has nothing to say where the run left nothing", () => {
            for (const artifacts of [[], [{ id: 3, size_in_bytes: 1, expired: true }]]) {
                assert.equal(comment({ artifacts }).status, 0);
                assert.equal(sent(), undefined);
            }
        });

        for (const [title, answers] of [
            ["is huge", { artifacts: [{ id: 3, size_in_bytes: 50_000_001, expired: false }] }],
            ["is no archive", { archive: Buffer.from("#!/bin/sh\ntouch pwned\n") }],
            ["has no such file", { archive: zip({ "other.md": { text: TEXT } }) }],
            ["has a link", { archive: zip({ "review.md": { text: "/proc/self/environ", link: true } }) }],
            ["has a path upwards", { archive: zip({ "../review.md": { text: TEXT } }) }],
            ["has another text", { archive: zip({ "review.md": { text: "Approved.\n" } }) }],
            [
                "has a long text",
                { archive: zip({ "review.md": { text: `${MARKER}\n${"x".repeat(400_000)}` } }) },
            ],
            ["claims another pull request", { archive: zip({ number: { text: "1" } }) }],
        ] as const)
            it(`refuses an artifact that ${title}`, () => {
                const { status } = comment(answers);
                assert.equal(status, 1);
                assert.equal(sent(), undefined);
                assert.deepEqual(fs.readdirSync(at("clone")).sort(), [".git", "ledger", "test"]);
            });
    });

    describe("comment-merge-request", () => {
        const post = (notes: readonly object[], text = TEXT) => {
            fs.mkdirSync(at("review"));
            fs.writeFileSync(at("review/review.md"), text);
            fs.writeFileSync(at("notes"), JSON.stringify(notes));
            return place.run("review/comment-merge-request", {
                OUT: at("review"),
                REVIEW_TOKEN: "canary-of-review",
                CI_API_V4_URL: "https://gitlab.example.com/api/v4",
                CI_PROJECT_ID: "7",
                CI_MERGE_REQUEST_IID: "21",
                STUB_curl: `case "$*" in
                    */user) echo '{"id":40}' ;;
                    *"--data @"*) for each; do [[ $each == @* ]] && cp "\${each#@}" "$HOME/sent"; done; true ;;
                    *"--data page=1") cat "$HOME/notes" ;;
                    *) echo '[{"id":77,"author":{"id":40},"body":"${MARKER} second page"}]' ;;
                esac`,
            });
        };
        const url = "https://gitlab.example.com/api/v4/projects/7/merge_requests/21/notes";

        it("posts the text, without the token in an argument", () => {
            const { status, calls, stderr } = post([]);
            assert.equal(status, 0, stderr);
            assert.ok(calls.includes(`[--request] [POST] [${url}]`));
            assert.ok(!calls.includes("canary"));
            assert.deepEqual(JSON.parse(fs.readFileSync(at("sent"), "utf8")), { body: TEXT });
        });

        it("brings its own note up to date, and leaves everybody else's alone", () => {
            const body = `${MARKER}\nold`;
            const { calls } = post([
                { id: 1, author: { id: 41 }, body },
                { id: 2, author: { id: 40 }, body: "another" },
                { id: 3, author: { id: 40 }, body },
            ]);
            assert.ok(calls.includes(`[--request] [PUT] [${url}/3]`));
        });

        it("looks for it on further pages", () => {
            const page = Array.from({ length: 100 }, (_, id) => ({ id, author: { id: 1 }, body: "talk" }));
            assert.ok(post(page).calls.includes(`[--request] [PUT] [${url}/77]`));
        });

        it("posts nothing that is no review", () => {
            const { status, calls } = post([], "another text\n");
            assert.equal(status, 1);
            assert.equal(calls, "");
        });
    });
});
