import type { Platform } from "../../components/domain/catalogue";
import { Names } from "../../components/domain/names";
import { suggest } from "../../components/domain/problems";
import type { Problems } from "../../components/domain/problems";
import type { PlatformConfig } from "./schema";

/**
 * The name of a document in its store. A deleted name stays blocked for days, so a document that comes back before
 * that takes a new one: `db-r2`.
 */
export function storedNameOf(document: string, { recreated }: Pick<PlatformConfig, "recreated">): string {
    const count = recreated[document] ?? 1;
    return count === 1 ? document : `${document}-r${String(count)}`;
}

/** Two things of one platform at one path: the one written last would replace the other's value. */
export function checkPaths(platform: Platform, config: PlatformConfig, problems: Problems): void {
    const place = `strongroom:platforms.${platform.name}`;
    const documents = Object.keys(platform.documents);
    for (const document of Object.keys(config.recreated)) {
        if (documents.includes(document)) continue;
        const fix = suggest(document, documents);
        problems.add(`${place}.recreated.${document}`, "the platform has no such document", fix);
    }
    const owners = new Map<string, string>();
    for (const document of documents) {
        const stored = storedNameOf(document, config);
        const other = owners.get(stored);
        if (other !== undefined) {
            problems.add(
                `${place}.recreated.${stored === document ? other : document}`,
                `the documents '${other}' and '${document}' are both stored as '${stored}'`,
                "Choose another number, or rename one",
            );
        }
        owners.set(stored, document);
        const inParameterStore =
            config.secrets === "aws-parameter-store" && config.config === "aws-parameter-store";
        if (inParameterStore && platform.config[stored] !== undefined) {
            problems.add(
                `${place}.secrets`,
                `the document '${document}' and the configuration value '${stored}' are one parameter`,
                "Rename one, or choose another store for either",
            );
        }
    }
}

/** A namespace is a DNS label (RFC 1123). */
const NAMESPACE_CHARS_MAX = 63;
/** The shortest limit on the name of a reader: an IAM role's (IAM API reference, CreateRole). */
const IDENTITY_CHARS_MAX = 64;

/** Names that are put together of sound parts and are too long as a whole. */
export function checkLengths(platform: Platform, environment: string, problems: Problems): void {
    const names = new Names(platform.name, environment);
    const check = (place: string, what: string, name: string, max: number): void => {
        if (name.length <= max) return;
        const message = `the ${what} '${name}' has ${String(name.length)} characters, and ${String(max)} are allowed`;
        problems.add(place, message, "Shorten the platform's, the environment's or the consumer's name");
    };
    check(platform.name, "namespace", names.namespace, NAMESPACE_CHARS_MAX);
    for (const consumer of Object.keys(platform.consumers)) {
        check(`${platform.name}/${consumer}`, "identity", names.identity(consumer), IDENTITY_CHARS_MAX);
    }
}
