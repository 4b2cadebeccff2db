; Installs Carnet for one person, without rights of an administrator. Made by Inno Setup 6 of build\bundle\dist\carnet:
;   iscc /DVersion=0.1.0 packaging\windows\carnet.iss
; Not run yet: it was written on Linux.

#ifndef Version
  #error Version is to be given: iscc /DVersion=...
#endif

[Setup]
AppId={{7B0B1D0C-6C0C-4C53-9E53-0C2C3B9A5C11}
AppName=Carnet
AppVersion={#Version}
DefaultDirName={localappdata}\Programs\Carnet
DefaultGroupName=Carnet
PrivilegesRequired=lowest
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
DisableProgramGroupPage=yes
LicenseFile=..\..\LICENSE
OutputDir=..\..\build\packages
OutputBaseFilename=carnet-{#Version}-windows-x86_64
Compression=lzma2/max
SolidCompression=yes
UninstallDisplayIcon={app}\carnet.exe

[Languages]
Name: "fr"; MessagesFile: "compiler:Languages\French.isl"
Name: "en"; MessagesFile: "compiler:Default.isl"

[Files]
Source: "..\..\build\bundle\dist\carnet\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion

; What an older version had and this one has not must not be loaded. The notebooks lie elsewhere.
[InstallDelete]
Type: filesandordirs; Name: "{app}\_internal"

[Icons]
Name: "{group}\Carnet"; Filename: "{app}\carnet.exe"

[Run]
Filename: "{app}\carnet.exe"; Description: "{cm:LaunchProgram,Carnet}"; Flags: nowait postinstall skipifsilent
