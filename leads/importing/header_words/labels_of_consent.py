"""Which phrases above a column give or refuse leave to mail and to call?

Phrases are written as labels.py says.
"""

OF_CONSENT: dict[str, str] = {
    "consent_email": """
        " opt in; optin; email opt in; opt in email; marketing opt in; email consent; consent email; marketing consent;
        <consent; consent marketing; newsletter; newsletter subscription; newsletter opt in; newsletter signup;
        newsletter sign up; subscribe newsletter; subscribe to newsletter; subscribed to newsletter; accepts marketing;
        accepts email marketing; email marketing consent; marketing permission; marketing permissions; gdpr consent;
        <gdpr; permission to email; may we email; may email; ok to email; subscribed; email subscribed; email
        subscriber; ~subscribe; agree marketing; email permission; toestemming; toestemming email; toestemming mailing;
        toestemming marketing; akkoord email; akkoord newsletter; newsletter ja nein; newsletter einwilligung;
        einwilligung; einwilligung email; einverstandnis; werbeeinwilligung; marketing optin; optin newsletter;
        consentement; consentement email; inscription newsletter; abonnement newsletter; opt in marketing; opt in
        newsletter; wil newsletter; newsletter gewunscht; ontvangt newsletter; newsletter ontvangen; receive newsletter;
        wants newsletter; email optin; marketing email opt in; has opted in; opted in; agreed to marketing; agreed to be
        contacted; consent to contact; contact consent; <privacy consent; marketing emails; email marketing; ok email;
        allow email; ~gdpr optin; <dsgvo; avg akkoord; <avg; avg toestemming; <rgpd; gdpr agreement; gdpr opt in;
        <consent given; <has consent; marketing agreement; akkoord marketing; akkoord contact; <data consent;
        communication consent; marketing allowed; consent to marketing; email allowed; allow marketing; <akkoord;
        subscribed to emails; email updates; promotional emails; send newsletter; ontvang newsletter; newsletter
        toestemming; mailing; mailings; werbeerlaubnis; newsletter abonniert; newsletteranmeldung; newsletter anmeldung;
        abonne newsletter; abonne; accord rgpd; rgpd accord; agrees to be contacted; double opt in; einverstandnis
        email; dubbele opt in; reclame; email marketing toegestaan; werbung ja nein; opt in mailing; newsletter
        erwunscht; newsletter empfangen; e mailing opt in; empfangt email; empfangt emails; empfangt newsletter;
        receives email; receives emails; contact by email; newsletterempfanger; ontvangt email; darf angeschrieben
        werden; recoit la newsletter; recoit les emails; receives newsletter; receive newsletter; autorise l emailing
    """,
    "consent_phone": """
        phone consent; consent phone; phone opt in; call consent; may call; may we call; ok to call; toestemming phone;
        toestemming bellen; opt in phone; permission to call; call permission; telefonische toestemming; einwilligung
        phone; phone permission; sms consent; sms opt in; accepts sms marketing; sms marketing consent; akkoord bellen;
        akkoord phone; mag gebeld worden; consent to call; mag bellen; phone allowed; bellen toegestaan; call opt in;
        phone optin; allow phone; opt in telemarketing; consentement phone; opt in sms; contact by phone
    """,
    "opt_out_email": """
        email opt out; opt out email; opt out of email; opted out of email; has opted out of email; opt out; optout;
        opted out; unsubscribed; unsubscribe; unsubscribed from all email; unsubscribed from email; email
        unsubscribed; do not email; do not mail; donotemail; do not bulk email; do not allow bulk emails; do not allow
        emails; do not contact; niet mailen; geen mail; geen email; keine email; keine mails; ne pas envoyer de mail;
        email optout; uitgeschreven; afgemeld; no email; no mail; no emails; emailoptout; mailing opt out; blacklist;
        blacklisted; nicht anschreiben; ~bounced or unsubscribed; do not send email; unsubscribed at flag; opted out
        email; email blacklisted; desabonne; desinscrit; abgemeldet; is unsubscribed; unsubscribed newsletter; no
        marketing; do not market; do not send marketing; exclude from email; email suppressed; suppress email; opt out
        marketing; marketing opt out; newsletter opt out; mail opt out; geen mailing; bezwaar mailing; global
        unsubscribe; unsub; allow email no; out out email; mailsperre; mailverbot; werbesperre; afmelding newsletter;
        newsletter afmelding; newsletter abgemeldet; opposition email; refus email; refus emailing; desinscrit
        newsletter; newsletter desinscrit; stop email; no marketing emails; email bounced or opt out; email
        disabled; no mailings; no mailing; no newsletters; no newsletter; geen mailings; geen newsletter;
        ne pas emailer; ne pas mailer; kein newsletter; pas de newsletter; pas d email;
        refuse les emails; bulk email opt out; refuse emails; refus des emails
    """,
    "opt_out_phone": """
        " do not call; do not phone; donotcall; do not allow phone calls; phone opt out; call opt out; opt out phone;
        niet bellen; bel me niet; nicht anrufen; keine anrufe; ne pas appeler; do not call flag; do not call list; bel
        niet; bmnr; bel me niet register; dnc; dncr; opted out of phone; has opted out of phone; no call; no calls; do
        not call me; opt out telemarketing; ~has opted out of fax; do not phone call; phone blacklisted; do not allow
        calls; opt out call; sms opt out; no telemarketing; liste rouge; donotphone; telefonsperre; phone werbung nein;
        bloctel; opposition phone; ne pas demarcher par phone; ne pas demarcher; demarchage refuse; stop sms;
        anrufsperre; keine telefonwerbung; geen telefoon; pas d appel; pas d appels; niet telefonisch benaderen; ~ctps;
        ~tps; tps registered; ctps registered; tps flag
    """,
}
