import tseslint from "typescript-eslint";

const sdkWhole = ["@pulumi/aws", "@pulumi/gcp", "@pulumi/kubernetes", "@pulumi/vault", "@pulumi/random"];

export default tseslint.config(
    { ignores: ["node_modules/**", "test/golden/**", ".strongroom/**"] },
    {
        files: ["**/*.ts"],
        extends: [tseslint.configs.strictTypeChecked],
        languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
        rules: {
            "@typescript-eslint/consistent-type-imports": "error",
            // Names and numbers go into messages as they are.
            "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
            // A resource is registered by constructing it.
            "no-new": "off",
            "no-restricted-imports": [
                "error",
                {
                    // The whole of an SDK costs start-up time: import the module that has the resource.
                    paths: sdkWhole.map((name) => ({
                        name,
                        message: `Import a module of it, as '${name}/…'.`,
                    })),
                },
            ],
        },
    },
    {
        files: ["test/**/*.ts"],
        rules: {
            "@typescript-eslint/no-unused-expressions": "off",
            "@typescript-eslint/no-non-null-assertion": "off",
        },
    },
    {
        files: ["**/*.js"],
        languageOptions: { sourceType: "commonjs" },
    },
);
