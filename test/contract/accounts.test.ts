import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import mysql from 'mysql2/promise';
import { databaseFolder } from '../servers/folder';
import { type LocalServer, localServer, startLocal } from '../servers/local';
import { describeMysql } from '../stores';

const ROOT = path.join(__dirname, '..', '..');

/** What a shell or SQL would take for something else. */
const PASSWORD = `it's a "$HOME" \\ of 1%`;

const hasClient = spawnSync('mysql', ['--version'], { stdio: 'ignore' }).status === 0;

describeMysql('db/accounts.sh, before init.sql', () => {
  let server: LocalServer;
  afterEach(() => server.remove());

  // The image has given root its password by then; the other way round it is on a server that has just been made.
  (hasClient && localServer() ? test : test.skip).each(['of root', ''])(
    'gives the account that changes the schema the password of the setting, where root has the password "%s"',
    async (rootPassword) => {
      server = await startLocal([], databaseFolder('inventory-mysql-'));
      const { hostname: host, port } = new URL(server.url);
      const connect = (user: string, password: string) =>
        mysql.createConnection({ host, port: Number(port), user, password });
      if (rootPassword !== '') {
        const root = await connect('root', '');
        await root.query(`ALTER USER 'root'@'localhost' IDENTIFIED BY '${rootPassword}'`);
        await root.end();
      }
      const env = {
        PATH: process.env.PATH,
        MYSQL_HOST: host,
        MYSQL_TCP_PORT: port,
        MYSQL_ROOT_PASSWORD: 'of root',
        MIGRATION_PASSWORD: PASSWORD,
      };
      execFileSync(path.join(ROOT, 'db', 'accounts.sh'), { env });
      execFileSync('mysql', ['--user=root'], {
        cwd: ROOT,
        env: { ...env, MYSQL_PWD: rootPassword },
        input: readFileSync(path.join(ROOT, 'db', 'init.sql')),
      });
      const migrator = await connect('inventory_migrator', PASSWORD);
      await migrator.query('ALTER TABLE shop.inventory COMMENT = "its own"');
      await migrator.end();
      await expect(connect('inventory_migrator', 'inventory_migrator')).rejects.toThrow(
        'Access denied',
      );
    },
  );
});
