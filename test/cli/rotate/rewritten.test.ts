import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import path from "node:path";
import { ExitCode } from "../../../cli/exit-code";
import { loadRotation } from "../../../cli/rotate/load";
import { rewritten } from "../../../cli/rotate/rewritten";
import { ETCD_FIELD } from "../../../components/domain/encryption-key";
import type { PreviousGeneration } from "../../../components/domain/rotation/stages";
import type { Step } from "../../../components/domain/rotation/steps";
import { UserError } from "../../../preview/errors";
import type { RotatingStack } from "../../../rotation/stack";
import { etcdAnswer } from "../../support/etcd-answer";

const CURRENT = "k8s:enc:secretbox:v1:g2:";
const PREVIOUS = "k8s:enc:secretbox:v1:g1:";
/** Stands for what nobody may see: the rest of a value, and the name of a Secret. */
const CANARY = "canary-7f3a";

describe("rotate rewritten", function () {
    this.timeout("20 seconds");
    let stack: RotatingStack;
    let directory = "";

    before(async () => {
        const root = path.resolve(__dirname, "../../..");
        const { chosen } = await loadRotation(["dev"], root);
        const [dev] = chosen;
        assert.ok(dev !== undefined);
        stack = dev;
        directory = fs.mkdtempSync(path.join(os.tmpdir(), "strongroom-"));
    });
    after(() => {
        fs.rmSync(directory, { recursive: true });
    });

    /** The development stack, with its etcd key in a phase. */
    const inPhase = (previous: PreviousGeneration | undefined): RotatingStack => ({
        ...stack,
        ledger: {
            ...stack.ledger,
            [ETCD_FIELD]: {
                current: { generation: 2, since: "2026-11-04", reason: "schedule" },
                ...(previous === undefined ? {} : { previous }),
            },
        },
    });
    const rewriting = (): RotatingStack =>
        inPhase({ generation: 1, until: "2026-11-08", rewriting: "2026-11-08" });

    function answerFile(values: readonly string[], name = "secrets.json"): string {
        const file = path.join(directory, name);
        const entries = values.map((value, at): [string, string] => [
            `/registry/secrets/shop/${CANARY}-${String(at)}`,
            `${value}${CANARY}`,
        ]);
        fs.writeFileSync(file, etcdAnswer(entries));
        return file;
    }

    async function run(of: RotatingStack, ...from: string[]) {
        const confirmed: Step[] = [];
        let printed = "";
        const code = await rewritten(of, {
            from,
            today: "2026-11-10",
            print: (text) => (printed += text),
            confirm: (step) => {
                confirmed.push(step);
                return ExitCode.clean;
            },
        });
        assert.ok(!printed.includes(CANARY));
        return { code, confirmed, printed: printed.replaceAll(directory, "") };
    }

    it("records the proof when every Secret stands under the current key", async () => {
        assert.deepEqual(await run(rewriting(), answerFile([CURRENT, CURRENT])), {
            code: 0,
            confirmed: [{ kind: "confirm rewrite", on: "2026-11-10" }],
            printed: [
                "dev: 2 Secrets in /secrets.json",
                "  2  secretbox g2, the current key",
                "All are under the current key: nothing needs the previous one.",
                "",
            ].join("\n"),
        });
    });

    it("says what is left and what to run, and records nothing", async () => {
        const values = [...Array.from({ length: 10 }, () => CURRENT), PREVIOUS, "k8s\0"];
        assert.deepEqual(await run(rewriting(), answerFile(values)), {
            code: 2,
            confirmed: [],
            printed: [
                "dev: 12 Secrets in /secrets.json",
                "   1  not encrypted",
                "   1  secretbox g1",
                "  10  secretbox g2, the current key",
                "2 Secrets not written anew, and 1 can't be read without the previous key. A migration that succeeded may have skipped them.",
                "Write all anew, then read etcd once more:",
                "  kubectl --context dev get secrets --all-namespaces -o json | kubectl --context dev replace -f -",
                "",
            ].join("\n"),
        });
    });

    it("takes no Secret at all for no proof", async () => {
        const { code, confirmed, printed } = await run(rewriting(), answerFile([]));
        assert.deepEqual({ code, confirmed }, { code: 2, confirmed: [] });
        assert.match(printed, /proves nothing.*--etcd-prefix/);
    });

    it("asks for the answer of each etcd that has the key, and believes none alone", async () => {
        const { dev } = stack.config.clusters;
        assert.ok(dev !== undefined);
        const two = rewriting();
        const both: RotatingStack = {
            ...two,
            config: { ...two.config, clusters: { dev, spare: { ...dev, context: "spare" } } },
        };
        const done = answerFile([CURRENT], "done.json");
        await assert.rejects(run(both, done), /'dev' and 'spare' encrypt.*Give 2 different files/s);
        await assert.rejects(run(both, done, done), /Give 2 different files/);
        const left = await run(both, done, answerFile([PREVIOUS], "left.json"));
        assert.deepEqual([left.code, left.confirmed], [2, []]);
        assert.match(left.printed, /--context spare replace/);
        assert.equal((await run(both, done, answerFile([CURRENT], "other.json"))).code, 0);
    });

    const refused: [string, () => RotatingStack, () => string, RegExp][] = [
        [
            "before the day on which nobody encrypts with the old key",
            () => inPhase({ generation: 1, until: "2026-11-12" }),
            () => answerFile([CURRENT]),
            /ledger\/dev.yaml: control-plane\/encryption-config.key: .*may still encrypt.*Wait until 2026-11-12/s,
        ],
        [
            "when no rotation is under way",
            () => inPhase(undefined),
            () => answerFile([CURRENT]),
            /no previous key/,
        ],
        [
            "of a stack without etcd",
            () => ({ ...rewriting(), config: { ...stack.config, etcd: undefined } }),
            () => answerFile([CURRENT]),
            /encrypts no etcd/,
        ],
        [
            "by a file that is not there",
            rewriting,
            () => path.join(directory, "none.json"),
            /none.json: there is no such file.*etcdctl get/s,
        ],
        ["by a folder", rewriting, () => directory, /can't be read as a file/],
        [
            "by something else",
            rewriting,
            () => path.resolve(__dirname, "../../../README.md"),
            /README.md: it is not.*etcdctl get \/registry\/secrets\/ --prefix --write-out=json/s,
        ],
    ];
    for (const [title, of, from, message] of refused) {
        it(`is refused ${title}`, async () => {
            await assert.rejects(run(of(), from()), (error) => {
                assert.ok(error instanceof UserError);
                assert.match(error.message, message);
                return true;
            });
        });
    }
});
