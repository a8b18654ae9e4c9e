import type { ComposeModel, ComposeSecret } from "./model";

/** The longest name that Docker takes for a secret (Engine API, SecretCreate). */
export const NAME_CHARS_MAX = 64;

/**
 * `devplatform_prod_jwt_secret_key_g3`: what a Swarm knows a secret by. It has the environment and the platform, since a
 * Swarm has one list of secrets; and the generation, since a secret of a Swarm never changes. The previous value of a
 * field is what was its current one, under the name it had then.
 */
export function swarmName({ platform, environment }: ComposeModel, secret: ComposeSecret): string {
    const base = secret.field.variable?.toLowerCase() ?? secret.name;
    return `${platform.name}_${environment}_${base}_g${secret.generations.join("-")}`;
}

/**
 * A command that writes a value to its standard output, without a line end; undefined where there is none, and the value
 * is read from a file.
 */
export type ReadCommand = (secret: ComposeSecret) => string | undefined;

/**
 * A script that creates what is missing among the secrets of a Swarm. Each value goes from the store to Docker through
 * pipes: never into a file, an argument, or this script.
 */
export function swarmScript(model: ComposeModel, read: ReadCommand): string {
    const { platform, environment, secrets } = model;
    const commands = [...secrets.values()].map((secret) => {
        const name = swarmName(model, secret);
        const command = read(secret);
        const create =
            command === undefined
                ? `create ${name} < ./secrets/${secret.name}.txt`
                : `${command} | create ${name}`;
        return `if missing ${name}; then\n    ${create}\nfi`;
    });
    return `#!/bin/bash
# ${platform.title}, ${environment}: creates the secrets of a Swarm that are missing, on one of its managers.
# Made of the catalogue: npm run env -- compose ${platform.name} --swarm --environment ${environment}
# Run it once 'pulumi up' has made the ledger true: what is created under a generation stays under its name.
set -euo pipefail

missing() { ! docker secret inspect "$1" > /dev/null 2>&1; }

# Takes a value from its standard input, which has none where an entry has no such field.
create() {
    local value
    value=$(cat)
    if [ -z "$value" ] || [ "$value" = null ]; then
        echo "$1: the store has no value" >&2
        exit 1
    fi
    printf %s "$value" | docker secret create "$1" - > /dev/null
    echo "created $1"
}

${commands.join("\n")}
`;
}
