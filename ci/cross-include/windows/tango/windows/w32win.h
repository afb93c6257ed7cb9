// Installed by cppTango on Windows only; nothing of it is used here.
