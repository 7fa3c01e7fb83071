/**
 * A line for a terminal, in the data folder, that asks for a link to the console. The token goes through a pipe: what stands in a command line
 * can be read by every user of the machine.
 */
export const newLinkCommand = (api_url: string): string =>
  `printf 'Authorization: Bearer %s' "$(cat admin-token)" | curl -s -X POST -H @- ${api_url}/console-links`;
