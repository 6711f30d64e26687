"""What people confirm and sign with: passkeys, certificates, the school's own authority."""
