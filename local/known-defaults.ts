/**
 * Credentials that development set-ups come with, and that anybody would try: those of images and tools (MinIO,
 * PostgreSQL, RabbitMQ, Keycloak, a Vault server in development), and those that tutorials use. In lower case.
 */
const KNOWN = new Set([
    ...["admin", "administrator", "adminadmin", "admin123", "changeit", "default", "demo", "guest", "root"],
    ...[
        "dev",
        "devuser",
        "devpass",
        "devpassword",
        "dev-secret",
        "dev-secret-key",
        "dev_secret",
        "devsecret",
    ],
    ...["minio", "minioadmin", "minio123", "minioadmin123", "postgres", "postgresql", "redis", "mysql"],
    ...["passw0rd", "pass", "pass123", "letmein", "qwerty", "test", "test123", "testpassword", "testing"],
    ...["secretkey", "secret-key", "secret_key", "supersecret", "super-secret", "super_secret", "mysecret"],
    ...["my-secret-key", "your-secret-key", "jwt-secret", "jwt_secret", "jwtsecret", "s3cr3t", "local"],
    ...["my-jwt-key", "my-strong-password", "app", "user", "username", "insecure", "not-secret", "notsecret"],
    ...["rootpassword", "root123", "toor", "dev-only-token", "myroot", "dev-key", "dev_key", "devkey"],
]);

/** Whether a value is one that anybody would try. */
export const isKnownDefault = (value: string): boolean => KNOWN.has(value.trim().toLowerCase());
