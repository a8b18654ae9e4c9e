import type { RenderedResource } from "../rendering";
import { nameOf, opened, order } from "./estate";
import type { Estate } from "./estate";
import { PERMISSIONS } from "./gcp-roles";
import type { GcpKind } from "./gcp-roles";
import type { Entry } from "./types";
import { VERB_ORDER } from "./verbs";

const SECRET = "gcp:secretmanager/secret:Secret";
const REGIONAL_SECRET = "gcp:secretmanager/regionalSecret:RegionalSecret";
const KEY = "gcp:kms/cryptoKey:CryptoKey";

export interface GcpEntry extends Entry {
    /** The whole resource name, e.g. `projects/p/locations/l/keyRings/r/cryptoKeys/k`. */
    readonly id: string;
}

/** Secrets and keys; the realm is the project. */
export function gcpEntries(estate: Estate): readonly GcpEntry[] {
    const secrets = estate.ofType(SECRET, REGIONAL_SECRET).map((secret) => {
        const path = nameOf(secret, "secretId") ?? secret.name;
        const project = projectOf(estate, secret);
        return {
            ...entry(estate, secret, "secret", path, project),
            id: `projects/${project ?? "?"}/secrets/${path}`,
            documents: estate.documentsOf(secret, "gcp-secret-manager", path),
        };
    });
    const keys = estate.ofType(KEY).map((key) => {
        const ring = nameOf(key, "keyRing") ?? "?";
        const path = nameOf(key, "name") ?? key.name;
        const project = /^projects\/([^/]+)\//u.exec(ring)?.[1] ?? projectOf(estate, key);
        return {
            ...entry(estate, key, "key", path, project),
            id: nameOf(key, "id") ?? `${ring}/cryptoKeys/${path}`,
            documents: [],
        };
    });
    return [...secrets, ...keys].sort((a, b) => order(a.path, b.path));
}

function entry(
    estate: Estate,
    resource: RenderedResource,
    kind: GcpKind,
    path: string,
    project: string | undefined,
): Omit<GcpEntry, "id" | "documents"> {
    return {
        system: "gcp",
        store: kind === "key" ? "gcp-kms" : "gcp-secret-manager",
        kind: kind === "key" ? "key" : "document",
        verbs: VERB_ORDER.filter((verb) => PERMISSIONS[kind][verb] !== undefined),
        path,
        ...(project === undefined ? {} : { realm: project }),
        isSecret: true,
        urn: resource.urn,
        ...estate.home(resource),
    };
}

/** The project that a resource says, that its id begins with, or that its provider is set to. */
export function projectOf(estate: Estate, resource: RenderedResource): string | undefined {
    const fromId = /^projects\/([^/]+)\//u.exec(
        nameOf(resource, "id") ?? nameOf(resource, "name") ?? "",
    )?.[1];
    const provider = estate.get(resource.provider);
    return nameOf(resource, "project") ?? fromId ?? (provider && nameOf(provider, "project"));
}

/** What stands above projects, as far as it is declared. */
export class Hierarchy {
    /** The parent of a project or folder, as `folders/…` or `organizations/…`. */
    readonly #parents = new Map<string, string | undefined>();

    constructor(estate: Estate) {
        for (const project of estate.ofType("gcp:organizations/project:Project")) {
            const id = nameOf(project, "projectId") ?? project.name;
            const [folder, organization] = [nameOf(project, "folderId"), nameOf(project, "orgId")];
            const parent =
                folder !== undefined
                    ? `folders/${folder.replace(/^folders\//u, "")}`
                    : organization && `organizations/${organization.replace(/^organizations\//u, "")}`;
            this.#parents.set(`projects/${id}`, parent);
        }
        for (const folder of estate.ofType("gcp:organizations/folder:Folder")) {
            const id = nameOf(folder, "name") ?? nameOf(folder, "folderId");
            const parent = opened(folder, "parent");
            if (id !== undefined)
                this.#parents.set(
                    id.includes("/") ? id : `folders/${id}`,
                    typeof parent === "string" ? parent : undefined,
                );
        }
    }

    /** Whether a folder or an organization is above a project; undefined where that is not declared. */
    isAbove(node: string, project: string): boolean | undefined {
        let at: string | undefined = `projects/${project}`;
        const seen = new Set<string>();
        while (at !== undefined && !seen.has(at)) {
            if (at === node) return true;
            seen.add(at);
            if (!this.#parents.has(at)) return at.startsWith("organizations/") ? false : undefined;
            at = this.#parents.get(at);
        }
        return undefined;
    }
}
