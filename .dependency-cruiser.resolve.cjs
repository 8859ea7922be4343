const { join } = require('node:path');

/** Where imports lead in the sources; at run time the same names lead into dist/. */
module.exports = {
  resolve: {
    alias: { '#libs': join(__dirname, 'libs'), '#apps': join(__dirname, 'apps') },
    extensionAlias: { '.js': ['.ts', '.js'] },
  },
};
