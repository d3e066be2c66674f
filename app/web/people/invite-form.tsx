import { type FormEvent, useState } from 'react';
import { ROLES, type Role } from '../../ledger/access/scope';
import type { InvitationAnswer } from '../../wire/access';
import { Button, Choice, Field } from '../ui/controls';
import { time } from '../ui/format';
import { useUnsentForm } from '../ui/use-unsent-form';
import { useMake, whyNot } from './access-lists';
import { type BoundTo, boundFault, boundField, LocationChoice } from './location-choice';
import style from './people-screen.module.css';
import { ToldOnce } from './told-once';

const ROLE_TEXTS: Record<Role, string> = {
  owner: 'Owner',
  manager: 'Manager',
  clerk: 'Clerk',
  viewer: 'Viewer',
};

/** The roles as a choice. */
export const ROLE_OPTIONS = (Object.keys(ROLES) as Role[]).map((value) => ({
  value,
  text: ROLE_TEXTS[value],
}));

/** How the form begins. */
const NOBODY: { readonly name: string; readonly role: Role; readonly locations: BoundTo } = {
  name: '',
  role: 'clerk',
  locations: null,
};

/** Invites a person, and shows the link. */
export function InviteForm() {
  const { typed, type, clear } = useUnsentForm('invite', NOBODY);
  const { name, role, locations } = typed;
  const [fault, setFault] = useState<string>();
  const invite = useMake<InvitationAnswer>('/invitations');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const wrong = boundFault(locations);
    setFault(wrong);
    if (invite.isPending || wrong) return;
    const bound = locations && { locations: boundField(locations) };
    invite.mutate({ name: name.trim(), role, ...bound }, { onSuccess: clear });
  };
  if (invite.data) return <InvitationLink invitation={invite.data} onClose={invite.reset} />;
  return (
    <form className={style.form} aria-label="Invite a person" onSubmit={submit} noValidate>
      <Field
        label="Name"
        hint="Lower-case letters and digits, such as ann."
        value={name}
        fault={invite.error ? whyNot(invite.error) : undefined}
        saysFault
        onChange={({ target }) => type({ name: target.value })}
      />
      <Choice<Role>
        label="Role"
        value={role}
        options={ROLE_OPTIONS}
        onChange={(chosen) => type({ role: chosen })}
      />
      <LocationChoice
        label="Where they may change stock"
        value={locations}
        onChange={(chosen) => type({ locations: chosen })}
      />
      {fault && (
        <p className={style.problem} role="alert">
          {fault}
        </p>
      )}
      <Button type="submit" look="main" aria-disabled={invite.isPending}>
        Invite
      </Button>
    </form>
  );
}

interface InvitationLinkProps {
  readonly invitation: InvitationAnswer;
  onClose(): void;
}

/** The link of an invitation. */
export function InvitationLink({ invitation, onClose }: InvitationLinkProps) {
  const { name, link, expiresAt } = invitation;
  return (
    <ToldOnce
      label={`The link for ${name}`}
      secret={new URL(link, document.baseURI).href}
      hint={`It signs in one device, once, until ${time(expiresAt)}. Send it to ${name} only.`}
      onClose={onClose}
    />
  );
}
