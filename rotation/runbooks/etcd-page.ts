import { Names } from "../../components/domain/names";
import { SHARED_OWNER } from "../../components/domain/ownership";
import { timingOf } from "../../components/domain/rotation/rotation-class";
import type { RotatingStack } from "../stack";
import { allowancesOf } from "./allowances";
import { deploy, INCIDENT, proposedDue, proposedStep, TICKET, verify } from "./commands";
import { START } from "./field-page";
import { block, code, list, page, steps, table } from "./markdown";
import { section } from "./sections";
import { inStore } from "./store-names";
import { inOrder } from "./subject";

/**
 * The page of the key that API servers encrypt etcd with: undefined where no environment has one.
 *
 * @param id the field as the ledger names it, e.g. `control-plane/encryption-config.key`.
 */
export function etcdPage(id: string, stacks: readonly RotatingStack[]): string | undefined {
    const having = inOrder(stacks).filter(({ fields }) => fields.has(id));
    if (having.length === 0) return undefined;
    return page(
        `# ${id}`,
        "The key that the API servers encrypt Secrets in etcd with. A leaked key reads a copy of etcd, such as a backup; it does not open the cluster.",
        START,
        ...having.map((stack) => leakedIn(id, stack)),
        section(
            "Where it lives",
            table(
                ["stack", "store", "entry", "clusters"],
                having.map((stack) => [
                    stack.stack,
                    where(id, stack).store,
                    code(where(id, stack).entry),
                    contexts(stack).join(", "),
                ]),
            ),
            "The whole EncryptionConfiguration is the secret. It is never in the cluster that it protects. A key is called `g` and the number of its generation in it.",
        ),
        section("How it rotates", words(id, having)),
        section(
            "Rotate now",
            ...having.map((stack) => block(proposedStep("request", id, stack.stack, TICKET))),
            "Then as after a leak, from the deployment on.",
        ),
        section(
            "Go back",
            "While the old key is in the configuration, it can be the first one again. A key that is out of it is never put back by us: what it encrypted is lost with it.",
            ...having.map((stack) => block(proposedStep("rollback", id, stack.stack, TICKET))),
        ),
        section("Check", ...having.map((stack) => block(verify({ stack })))),
        section(
            "Who to tell",
            list([
                `${SHARED_OWNER}: answers for it`,
                "whoever runs the control plane: takes the configuration to every API server",
            ]),
        ),
    );
}

function leakedIn(id: string, stack: RotatingStack): string {
    const rotationClass = stack.fields.get(id)?.rotationClass ?? { name: "none", strategy: "none" as const };
    const { whyNotAtOnce = "", rewritesEarly } = allowancesOf(rotationClass);
    const { announce, grace } = timingOf(rotationClass);
    const servers =
        "Have every API server take the new configuration from its store: those that watch their file see it within a minute, the others are restarted one after the other. Go on when all of them have it; a server that misses a key can't read what another one writes with it.";
    const wait = rewritesEarly
        ? ""
        : ` Wait ${grace.toString()} from the day on which the new key came first; ${code("rotate status")} names it.`;
    return section(
        `Leaked in ${stack.stack}`,
        `The key is not dropped at once: ${whyNotAtOnce}. It leaves the configuration when nothing depends on it. Backups of etcd from before stay readable with it: keep them closed or delete them.`,
        steps([
            {
                text: `Tell ${SHARED_OWNER} and whoever runs the control plane. Set ${code("INCIDENT")} to the number of the incident: ${code("export INCIDENT=…")}.`,
            },
            {
                text: "Announce another key. Propose it, have it approved, merge it.",
                lines: proposedStep("compromise", id, stack.stack, INCIDENT),
            },
            {
                text: "Deploy. The configuration in the store has both keys now, the old one first.",
                lines: deploy({ stack }),
            },
            { text: servers },
            {
                text: `After ${announce.toString()}, let the new key come first. Deploy, and have every API server take it, as above.`,
                lines: proposedDue(stack.stack, INCIDENT, "promote"),
            },
            {
                text: `Write every Secret anew, so that it is encrypted with the new key.${wait} This only touches an annotation of each, and prints names alone.`,
                lines: contexts(stack).map(
                    (context) =>
                        `kubectl --context ${context} annotate secrets --all --all-namespaces strongroom.io/rewritten="$(date +%s)" --overwrite`,
                ),
            },
            {
                text: "Prove by what stands in etcd that nothing is under the old key, and record it. `npm run rotate -- rewritten --help` says what it reads.",
                lines: proposedStep("rewritten", id, stack.stack, INCIDENT),
            },
            {
                text: "When its day has come, drop the old key. Deploy, and have every API server take it.",
                lines: proposedDue(stack.stack, INCIDENT, "retire"),
            },
            { text: "It is over when both end without a complaint.", lines: verify({ stack }) },
        ]),
    );
}

function where(id: string, { config, environment }: RotatingStack) {
    const [platform = "", rest = ""] = id.split("/");
    const [stored = "", fieldName = ""] = rest.split(".");
    const names = new Names(platform, environment);
    return inStore(config.etcd?.store ?? "vault", {
        config,
        documentName: stored,
        fieldName,
        format: "json",
        names,
        stored,
    });
}

const contexts = ({ config }: RotatingStack): string[] =>
    Object.values(config.clusters)
        .filter(({ distribution }) => distribution === "self-managed")
        .map(({ context }) => context)
        .sort();

function words(id: string, [stack]: readonly RotatingStack[]): string {
    const field = stack?.fields.get(id);
    if (field === undefined) return "";
    const { announce, grace } = timingOf(field.rotationClass);
    const every = field.every === undefined ? "" : `, ${field.every}`;
    return `Class ${code(field.rotationClass.name)}${every}. The new key is announced: every API server can read with it. After ${announce.toString()} it comes first, and writes. The old one stays for ${grace.toString()} at least, and goes once every Secret was written anew and that is recorded. Each of the three is a deployment, and a change of every API server.`;
}
