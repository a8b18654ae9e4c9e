/** Where files of secrets are found: Docker's convention, which the platforms' images follow. */
export const SECRETS_DIRECTORY = "/run/secrets";

/**
 * What a workload spreads into its pod template: `annotations` into the template's metadata, `env`, `envFrom` and
 * `volumeMounts` into the container, `volumes` into the pod.
 */
export interface PodParts {
    /**
     * The generations of what the pod takes as variables, so that a rotation of exactly these restarts it. Empty for
     * files, which change in a running pod: a restart would not make them come sooner.
     *
     * A pod that starts before External Secrets Operator has synced takes the old value under the new annotation, and
     * nothing restarts it again. So the workload is rolled out once the Secret carries the stamp, for which
     * `rotate verify --synced` waits; a pod that was faster is told by `rotate verify`, since it is older than the last
     * change of its Secret.
     */
    readonly annotations: Readonly<Record<string, string>>;
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
    annotations: Readonly<Record<string, string>>,
    config?: ConfigSource,
): PodParts {
    return {
        annotations: { ...annotations },
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
        annotations: {},
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
