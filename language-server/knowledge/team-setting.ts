type Environment = Readonly<Record<string, string | undefined>>;

/** An address that the settings may hold: a password belongs into the secret storage, where no file and no log has it. */
export function isTeamAddress(text: string): boolean {
  if (!/^postgres(?:ql)?:\/\//iu.test(text) || !URL.canParse(text)) return false;
  const { password, searchParams } = new URL(text);
  return password === "" && !searchParams.has("password");
}

/** The password that was handed over, for the address that it was given for. */
export interface TeamPassword {
  readonly address: string;
  readonly password: string;
}

/**
 * The environment with what the settings say of a team's store; they go before the variables. A password goes to the address
 * only that it was given for. An address that may not stand in the settings counts as none.
 */
export function storeEnvironment(environment: Environment, address: string, password: TeamPassword | undefined): Environment {
  if (!isTeamAddress(address)) return environment;
  return { ...environment, KEELSON_PG_URL: address, KEELSON_PG_PASSWORD: password?.address === address ? password.password : undefined };
}
