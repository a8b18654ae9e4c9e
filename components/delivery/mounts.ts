/** Where files of secrets are found: Docker's convention, which the platforms' images follow. */
export const SECRETS_DIRECTORY = "/run/secrets";

/** What a Deployment spreads into its pod template: `env` and `volumeMounts` into the container, `volumes` into the pod. */
export interface PodParts {
    readonly env: readonly Record<string, unknown>[];
    readonly envFrom: readonly Record<string, unknown>[];
    readonly volumeMounts: readonly Record<string, unknown>[];
    readonly volumes: readonly Record<string, unknown>[];
}

/** The ConfigMap or the Secret that holds a consumer's configuration. */
export interface ConfigSource {
    readonly name: string;
    readonly isSecret: boolean;
}

function configFrom(config: ConfigSource | undefined): Record<string, unknown>[] {
    if (config === undefined) return [];
    return [{ [config.isSecret ? "secretRef" : "configMapRef"]: { name: config.name } }];
}

/**
 * Variables of one Secret, each by `secretKeyRef`: a pod takes them when it starts, and never again.
 */
export function asEnvironment(
    secretName: string,
    variables: readonly string[],
    config?: ConfigSource,
): PodParts {
    return {
        env: variables.map((name) => ({
            name,
            valueFrom: { secretKeyRef: { name: secretName, key: name } },
        })),
        envFrom: configFrom(config),
        volumeMounts: [],
        volumes: [],
    };
}

/**
 * Files of one Secret: `SECRET_KEY` is `/run/secrets/secret_key`, and `SECRET_KEY_FILE` says so. Mounted as a whole
 * directory, since a `subPath` mount never sees a new value.
 */
export function asFiles(secretName: string, variables: readonly string[], config?: ConfigSource): PodParts {
    const fileName = (variable: string): string => variable.toLowerCase();
    return {
        env: variables.map((name) => ({
            name: `${name}_FILE`,
            value: `${SECRETS_DIRECTORY}/${fileName(name)}`,
        })),
        envFrom: configFrom(config),
        volumeMounts: [{ name: secretName, mountPath: SECRETS_DIRECTORY, readOnly: true }],
        volumes: [
            {
                name: secretName,
                secret: {
                    secretName,
                    defaultMode: 0o440,
                    items: variables.map((name) => ({ key: name, path: fileName(name) })),
                },
            },
        ],
    };
}
