const names = [
  "**/*.conf",
  "**/*.conf.sample",
  "**/*.{cnf,ini,fio,job}",
  "**/default/grub",
  "**/default/grub.d/*.cfg",
  "**/{kernel,proc}/cmdline",
  "**/{firmware,boot}/cmdline.txt",
  "**/{.config,defconfig}",
  "**/*.config",
  "**/*_defconfig",
  "**/config-[0-9]*",
  "**/fstab",
  "**/*.{service,socket,mount,swap,slice,scope}",
  "**/sites-{available,enabled}/*",
];

/**
 * Documents that the server is told of once it runs: by name where names tell, by language where only the text does. It decides
 * which it knows. Old versions beside a file, as git shows them, are nobody's configuration.
 */
export const configurationSelector = ["file", "untitled"].flatMap((scheme) => [...["yaml", "dockercompose", "shellscript"].map((language) => ({ scheme, language })), ...names.map((pattern) => ({ scheme, pattern }))]);
