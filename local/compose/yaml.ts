import { Document, isMap, isScalar, Scalar, visit } from "yaml";
import { SECRETS_DIRECTORY } from "./model";
import type { ComposeModel, ComposeSecret, ComposeService } from "./model";
import { swarmName } from "./swarm";

/** Whether secrets are files beside the Compose file, or those of a Swarm. */
export type ComposeKind = "files" | "swarm";

/**
 * The Compose file of a platform's secrets and configuration: to be merged with the one that has the images. Texts are
 * in quotes throughout, since readers do not agree on what `on` and `1_000` are.
 */
export function composeYaml(model: ComposeModel, kind: ComposeKind): string {
    const { services, secrets } = model;
    const document = new Document({
        services: Object.fromEntries(services.map((service) => [service.name, serviceOf(service, kind)])),
        ...(secrets.size === 0
            ? {}
            : {
                  secrets: Object.fromEntries(
                      [...secrets.values()].map((secret) => [secret.name, sourceOf(model, secret, kind)]),
                  ),
              }),
    });
    document.commentBefore = headOf(model, kind);
    commentServices(document, services);
    quoteValues(document);
    return document.toString({ lineWidth: 0 });
}

function serviceOf({ environment, secrets }: ComposeService, kind: ComposeKind): Record<string, unknown> {
    const files = secrets.map(
        ({ variable, name }) => [`${variable}_FILE`, `${SECRETS_DIRECTORY}/${name}`] as const,
    );
    // Compose replaces what stands after a single '$'.
    const config = Object.entries(environment).map(
        ([variable, value]) => [variable, value.replaceAll("$", "$$$$")] as const,
    );
    const granted = secrets.map(({ name }) => (kind === "swarm" ? { source: name, target: name } : name));
    return {
        ...(config.length + files.length === 0
            ? {}
            : { environment: Object.fromEntries([...config, ...files]) }),
        ...(granted.length === 0 ? {} : { secrets: granted }),
    };
}

function sourceOf(model: ComposeModel, secret: ComposeSecret, kind: ComposeKind): Record<string, unknown> {
    return kind === "swarm"
        ? { external: true, name: swarmName(model, secret) }
        : { file: `./secrets/${secret.name}.txt` };
}

function headOf({ platform, environment, leftOut }: ComposeModel, kind: ComposeKind): string {
    const { name } = platform;
    const option = kind === "swarm" ? ` --swarm --environment ${environment}` : "";
    const lines = [
        `${platform.title}, ${environment}: secrets and configuration of each service, without values.`,
        `Made of the catalogue: npm run env -- compose ${name}${option}`,
        kind === "swarm"
            ? "A Swarm's secret never changes, so its name has the generation: a rotation is another name here."
            : "Each secret is a file in secrets/, which Git has to ignore, without a line break at its end.",
        kind === "swarm"
            ? `docker stack deploy -c compose.yaml -c ${fileName(kind)} ${name}`
            : `docker compose -f compose.yaml -f ${fileName(kind)} up`,
        ...(leftOut.length === 0
            ? []
            : [`Left out, since it is optional (--optional): ${leftOut.join(", ")}`]),
    ];
    return lines.map((line) => ` ${line}`).join("\n");
}

/** What a Compose file is called that is merged with the one that has the images. */
export const fileName = (kind: ComposeKind): string =>
    kind === "swarm" ? "swarm.secrets.yaml" : "compose.secrets.yaml";

/** Says of which services it is not known that they read `<NAME>_FILE`. */
function commentServices(document: Document, services: readonly ComposeService[]): void {
    const map = document.get("services");
    if (!isMap(map)) return;
    for (const pair of map.items) {
        const name = isScalar(pair.key) ? String(pair.key.value) : "";
        const service = services.find((each) => each.name === name);
        if (service === undefined || service.takes === "files" || service.secrets.length === 0) continue;
        const key = new Scalar(name);
        key.commentBefore =
            " It takes variables: unless its image reads <NAME>_FILE, export-secrets is its entrypoint (docs/local.md).";
        pair.key = key;
    }
}

/** Keys stay bare: each is a name of the catalogue that no reader takes for anything but a text. */
function quoteValues(document: Document): void {
    visit(document, {
        Scalar(key, node) {
            if (key !== "key" && typeof node.value === "string") node.type = Scalar.QUOTE_DOUBLE;
        },
    });
}
