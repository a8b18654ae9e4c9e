import { code, markdownList as list, markdownTable as table } from "../../components/domain/markdown";
import { ETCD_FIELD } from "../../components/domain/encryption-key";
import { Names } from "../../components/domain/names";
import { SHARED_OWNER } from "../../components/domain/ownership";
import { timingOf } from "../../components/domain/rotation/rotation-class";
import type { RotatingStack } from "../stack";
import { allowancesOf } from "./allowances";
import { deploy, INCIDENT, proposedDue, proposedStep, TICKET, verify } from "./commands";
import { START } from "./field-page";
import { block, page, steps } from "./markdown";
import { section } from "./sections";
import { inStore } from "./store-names";
import { inOrder } from "./subject";

const id = ETCD_FIELD;

/** The page of the key that API servers encrypt etcd with: undefined where no environment has one. */
export function etcdPage(stacks: readonly RotatingStack[]): string | undefined {
    const having = inOrder(stacks).filter(({ fields }) => fields.has(id));
    if (having.length === 0) return undefined;
    return page(
        `# ${id}`,
        "The key that the API servers encrypt Secrets in etcd with. A leaked key reads a copy of etcd, such as a backup; it does not open the cluster.",
        START,
        ...having.map((stack) => leakedIn(stack)),
        section(
            "Where it lives",
            table(
                ["stack", "store", "entry", "clusters"],
                having.map((stack) => [
                    stack.stack,
                    where(stack).store,
                    code(where(stack).entry),
                    contexts(stack).join(", "),
                ]),
            ),
            "The whole EncryptionConfiguration is the secret. It is never in the cluster that it protects. A key is called `g` and the number of its generation in it.",
        ),
        section("How it rotates", words(having)),
        section(
            "Rotate now",
            ...having.map((stack) => block(proposedStep("request", id, stack.stack, TICKET))),
            "Then as after a leak, from the deployment on.",
        ),
        section(
            "Go back",
            "While the old key is in the configuration, it can be the first one again. A key that is out of it is never put back by us: what it encrypted is lost with it. After a compromise there is no way back: the ledger refuses to write with the leaked key again.",
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

function leakedIn(stack: RotatingStack): string {
    const rotationClass = stack.fields.get(id)?.rotationClass ?? { name: "none", strategy: "none" as const };
    const { whyNotAtOnce = "", rewritesEarly } = allowancesOf(rotationClass);
    const { announce, grace } = timingOf(rotationClass);
    const servers =
        "Have every API server take the new configuration from its store: those that watch their file see it within a minute, the others are restarted one after the other. Go on when all of them have it; a server that misses a key can't read what another one writes with it.";
    const wait = rewritesEarly
        ? ""
        : `Wait ${grace.toString()} from the day on which the new key came first; ${code("rotate status")} names it. `;
    const migrated =
        (stack.config.etcd?.migration ?? "none") === "none"
            ? ""
            : "The deployment has begun a migration that does; what it passed over, do by hand. ";
    const dumps = dumpsOf(stack);
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
                text: `${wait}Begin the rewrite, and deploy.`,
                lines: proposedDue(stack.stack, INCIDENT, "rewrite"),
            },
            {
                text: `Write every Secret anew, so that it is encrypted with the new key. ${migrated}This only touches an annotation of each, and prints names alone.`,
                lines: contexts(stack).map(
                    (context) =>
                        `kubectl --context ${context} annotate secrets --all --all-namespaces strongroom.io/rewritten="$(date +%s)" --overwrite`,
                ),
            },
            {
                text: `Have etcd tell what stands in it${dumps.length > 1 ? ", each cluster's for itself" : ""}. The answer has every Secret in it: take it where the proof is made, and nowhere else.`,
                lines: dumps.map(
                    (file) => `etcdctl get /registry/secrets/ --prefix --write-out=json > ${file}`,
                ),
            },
            {
                text: "Prove by it that nothing is under the old key, and record that. Only numbers and names of keys are printed.",
                lines: [
                    ...proposedStep(
                        "rewritten",
                        id,
                        stack.stack,
                        INCIDENT,
                        dumps.map((file) => ` --from ${file}`).join(""),
                    ),
                    `rm ${dumps.join(" ")}`,
                ],
            },
            {
                text: "When its day has come, drop the old key. Deploy, and have every API server take it.",
                lines: proposedDue(stack.stack, INCIDENT, "retire"),
            },
            { text: "It is over when both end without a complaint.", lines: verify({ stack }) },
        ]),
    );
}

function where({ config, environment }: RotatingStack) {
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

/** What etcd of each cluster that has the key answered. */
function dumpsOf({ config }: RotatingStack): string[] {
    const having = Object.entries(config.clusters).filter(
        ([, { distribution }]) => distribution === "self-managed",
    );
    return having.length <= 1 ? ["secrets.json"] : having.map(([name]) => `secrets-${name}.json`).sort();
}

function words([stack]: readonly RotatingStack[]): string {
    const field = stack?.fields.get(id);
    if (field === undefined) return "";
    const { announce, grace } = timingOf(field.rotationClass);
    const every = field.every === undefined ? "" : `, ${field.every}`;
    return `Class ${code(field.rotationClass.name)}${every}. The new key is announced: every API server can read with it. After ${announce.toString()} it comes first, and writes. The old one stays for ${grace.toString()} at least, and goes once every Secret was written anew and that is recorded. Each of the three is a deployment, and a change of every API server.`;
}
