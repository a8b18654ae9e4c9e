/**
 * The names of everything that an environment declares. Each begins with platform and environment, closed by a
 * separator that names can't hold, so that no prefix of one environment reaches into another (`prod`, `prod-eu`).
 */

/** Platform, environment, document, consumer: what DNS labels allow, so that each can be part of a namespace. */
const LABEL = /^[a-z](?:[a-z0-9]|-(?=[a-z0-9])){0,39}$/;
/** Fields of a document: JSON keys that also serve as the key of a Kubernetes Secret. */
const FIELD = /^[a-z](?:[a-z0-9]|[_-](?=[a-z0-9])){0,62}$/;
const VARIABLE = /^[A-Z][A-Z0-9_]{0,127}$/;
const RESERVED_VARIABLE =
    /^(?:PATH|HOME|HOSTNAME|LD_PRELOAD|LD_LIBRARY_PATH|NODE_OPTIONS|AWS_.*|KUBERNETES_.*)$/;
/** Secrets Manager appends `-` and six characters to a name in its ARN; a name that ends so confuses partial ARNs. */
const LOOKS_LIKE_ARN_SUFFIX = /-[a-z0-9]{6}$/;

/** The rule a name of this kind breaks, as the end of a sentence ("must …"), or undefined when it is fine. */
export function labelFault(name: string): string | undefined {
    return LABEL.test(name)
        ? undefined
        : "must be 1 to 40 lower-case letters, digits and single hyphens, beginning with a letter";
}

/**
 * For documents.
 *
 * @see The AWS API reference on CreateSecret, `Name`: "Do not end your secret name with a hyphen followed by six
 * characters."
 */
export function documentNameFault(name: string): string | undefined {
    if (LOOKS_LIKE_ARN_SUFFIX.test(name)) {
        return "must not end in a hyphen and six characters, which AWS appends to a secret's name in its ARN";
    }
    return labelFault(name);
}

export function fieldNameFault(name: string): string | undefined {
    if (/_(?:next|previous)$/.test(name))
        return "must not end in '_next' or '_previous', which name generations";
    return FIELD.test(name)
        ? undefined
        : "must be lower-case letters, digits, '_' and '-', beginning with a letter";
}

export function variableNameFault(name: string): string | undefined {
    if (RESERVED_VARIABLE.test(name))
        return "must not be a variable that the platform or a runtime sets itself";
    return VARIABLE.test(name)
        ? undefined
        : "must be upper-case letters, digits and '_', beginning with a letter";
}

/** Names in one environment, e.g. of `devplatform` in `prod`. */
export class Names {
    constructor(
        readonly platform: string,
        readonly environment: string,
    ) {}

    /** `devplatform/prod/db`: Secrets Manager, and Vault below its mount. */
    document(document: string): string {
        return `${this.platform}/${this.environment}/${document}`;
    }

    /** `/devplatform/prod/s3_region` */
    parameter(name: string): string {
        return `/${this.platform}/${this.environment}/${name}`;
    }

    /** `devplatform_prod_db`: a secret id of GCP has no slash, and none of its parts has an underscore. */
    secretId(document: string): string {
        return `${this.platform}_${this.environment}_${document}`;
    }

    /** `devplatform-prod` */
    get namespace(): string {
        return `${this.platform}-${this.environment}`;
    }

    /** `devplatform-prod-backend`: an IAM role, a Vault role and its policy. */
    identity(consumer: string): string {
        return `${this.namespace}-${consumer}`;
    }

    /**
     * The id of a GCP service account, which has 6 to 30 characters. A longer name keeps its beginning and gets a
     * check sum, since two names cut short alike would share one identity.
     */
    serviceAccountId(consumer: string): string {
        const name = this.identity(consumer);
        return name.length <= 30 ? name : `${name.slice(0, 22).replace(/-$/, "")}-${checksum(name)}`;
    }
}

export const serviceAccountEmail = (names: Names, consumer: string, project: string): string =>
    `${names.serviceAccountId(consumer)}@${project}.iam.gserviceaccount.com`;

/** `strongroom-prod-ci`: the workload identity pool of the pipelines, which has 4 to 32 characters. */
export const poolId = ({ namespace }: Names): string => `${namespace}-ci`;

/** FNV-1a, 28 bits, in hex: seven characters that tell two long names apart; no secret depends on it. */
function checksum(text: string): string {
    let hash = 0x811c9dc5;
    for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
    return (hash >>> 4).toString(16).padStart(7, "0");
}

/** The environment whose name begins another's, as pairs [shorter, longer]; a prefix of one would match the other. */
export function environmentsThatBeginAnother(environments: readonly string[]): [string, string][] {
    return environments.flatMap((shorter) =>
        environments
            .filter((longer) => longer !== shorter && longer.startsWith(shorter))
            .map((longer): [string, string] => [shorter, longer]),
    );
}
