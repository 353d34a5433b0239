@echo off
rem Starts One Balance on Windows: finds a JDK 25 or later, builds the jar where it is missing or older
rem than the sources, and runs it with the arguments given. The same as ./one-balance elsewhere.
setlocal EnableExtensions DisableDelayedExpansion
set "NEEDED=25"
set "HERE=%~dp0"
set "JAR=%HERE%target\one-balance.jar"
set "FOUND="
set "HOME_25="
set "FLAGS=-XX:+UseCompactObjectHeaders -XX:+ExitOnOutOfMemoryError -XX:+IgnoreUnrecognizedVMOptions -XX:+UnlockDiagnosticVMOptions -XX:-AOTReplayTraining -XX:Tier4InvocationThreshold=40000 -XX:Tier4MinInvocationThreshold=4800 -XX:Tier4CompileThreshold=120000 --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -Dio.netty.jfr.enabled=false"

set "RELEASED="
for /f "delims=" %%J in ('dir /b /o:d "%HERE%one-balance*.jar" 2^>nul') do set "RELEASED=%HERE%%%J"
set "TOOL=javac.exe"
if defined RELEASED set "TOOL=java.exe"

call :look
if not defined FOUND set "FOUND= no Java at all"
if not defined HOME_25 goto no_java
if defined RELEASED set "JAR=%RELEASED%"
if defined RELEASED goto start
if not exist "%HERE%pom.xml" goto no_sources
call :build_if_stale || exit /b 1

:start
call :name_cache
set "CACHED="
if exist "%CACHE%" set CACHED=-Xlog:aot=off "-XX:AOTCache=%CACHE%"
if not exist "%CACHE%" call :make_cache %1
"%HOME_25%\bin\java.exe" %FLAGS% %CACHED% %JAVA_OPTS% -jar "%JAR%" %*
exit /b %ERRORLEVEL%

rem --- The cache ---------------------------------------------------------------------------------

rem Where the JVM's cache of what a start loads lies: a file for this jar and this Java. The JVM itself
rem refuses one that does not fit, and starts without, saying nothing.
:name_cache
for %%J in ("%JAR%") do set "MARK=%%~zJ-%%~tJ-%VERSION%"
set "MARK=%MARK:"=%"
set "MARK=%MARK: =%"
set "MARK=%MARK::=%"
set "MARK=%MARK:/=%"
set "CACHE=%JAR:~0,-4%-%MARK%.aot"
exit /b 0

rem Makes the cache beside the server, once that has started: the JVM notes what a rehearsal loads.
:make_cache
if "%ONE_BALANCE_CACHE_AFTER%"=="never" exit /b 0
if not "%~1"=="" if /i not "%~1"=="serve" if /i not "%~1"=="--config" exit /b 0
start "" /b /low cmd /c "ping -n 21 127.0.0.1 >nul & "%HOME_25%\bin\java.exe" %FLAGS% "-XX:AOTCacheOutput=%CACHE%.part" -jar "%JAR%" rehearse >nul 2>&1 && move /y "%CACHE%.part" "%CACHE%" >nul"
exit /b 0

rem --- Java --------------------------------------------------------------------------------------

:no_sources
>&2 echo one-balance: neither one-balance*.jar nor the sources lie in "%HERE%". Download a release again.
exit /b 1

rem Paths may hold parentheses, so nothing that prints one stands in a block.
:no_java
>&2 echo one-balance: a JDK %NEEDED% or later is needed; found%FOUND%.
>&2 echo one-balance: Looked at JAVA_HOME, the PATH, Program Files, SDKMAN, Scoop and .jdks. Install one (https://adoptium.net) or set JAVA_HOME.
exit /b 1

rem Tries every usual place; the first JDK that is new enough becomes HOME_25.
:look
if defined JAVA_HOME call :try "%JAVA_HOME%"
for /f "delims=" %%J in ('where java.exe 2^>nul') do for %%B in ("%%~dpJ..") do call :try "%%~fB"
for %%R in (
  "%ProgramFiles%\Java" "%ProgramFiles%\Eclipse Adoptium" "%ProgramFiles%\Microsoft"
  "%ProgramFiles%\Amazon Corretto" "%ProgramFiles%\Zulu" "%ProgramFiles%\BellSoft"
  "%ProgramFiles%\OpenJDK" "%USERPROFILE%\.jdks" "%USERPROFILE%\.sdkman\candidates\java"
  "%LOCALAPPDATA%\Programs\Eclipse Adoptium"
) do if exist "%%~R\" for /d %%D in ("%%~R\*") do call :try "%%~fD"
for /d %%D in ("%USERPROFILE%\scoop\apps\*jdk*") do call :try "%%~fD\current"
exit /b 0

rem Reads the version of a JDK from its `release` file, where every JDK since 9 has it.
:try
if defined HOME_25 exit /b 0
if not exist "%~1\release" exit /b 0
if not exist "%~1\bin\java.exe" exit /b 0
set "VERSION="
for /f "tokens=2 delims==" %%V in ('findstr /b "JAVA_VERSION=" "%~1\release"') do set "VERSION=%%~V"
if not defined VERSION exit /b 0
for /f "delims=.-+_" %%M in ("%VERSION%") do set "FEATURE=%%M"
if %FEATURE% LSS %NEEDED% (
  set "FOUND=%FOUND% [Java %VERSION% in %~1]"
  exit /b 0
)
if not exist "%~1\bin\%TOOL%" (
  set "FOUND=%FOUND% [Java %VERSION% without a compiler in %~1]"
  exit /b 0
)
set "HOME_25=%~1"
exit /b 0

rem --- The jar -----------------------------------------------------------------------------------

rem Answers 0 when the jar is missing or older than something it is made from.
:stale
if not exist "%JAR%" exit /b 0
powershell -NoProfile -Command "$jar = (Get-Item -LiteralPath $env:JAR).LastWriteTimeUtc; $sources = @(Get-Item -LiteralPath ($env:HERE + 'pom.xml')) + @(Get-ChildItem -Recurse -LiteralPath ($env:HERE + 'src\main')); if ($sources | Where-Object { $_.LastWriteTimeUtc -gt $jar }) { exit 0 } else { exit 1 }"
exit /b %ERRORLEVEL%

rem One builds at a time: who makes the folder has the lock. It is left behind only by a launcher that
rem was killed.
:build_if_stale
call :stale || exit /b 0
if not exist "%HERE%target\" mkdir "%HERE%target" 2>nul
if not exist "%HERE%target\" goto no_folder
set "LOCK=%HERE%target\.building.lock"
set /a WAITED=0
:wait
mkdir "%LOCK%" 2>nul && goto locked
if %WAITED%==0 >&2 echo one-balance: waiting for the build of another one-balance. If there is none, remove %LOCK%
set /a WAITED+=1
if %WAITED% GTR 600 exit /b 1
ping -n 2 127.0.0.1 >nul
goto wait
:locked
call :stale
if errorlevel 1 (
  rmdir "%LOCK%"
  exit /b 0
)
call :build
set "ENDED=%ERRORLEVEL%"
rmdir "%LOCK%"
exit /b %ENDED%

:build
set "LOG=%HERE%target\launcher.log"
type nul >"%HERE%target\.began"
>&2 echo one-balance: building with %HOME_25%; the first time also fetches the libraries (a minute or two) ...
set "JAVA_HOME=%HOME_25%"
pushd "%HERE%"
call mvnw.cmd -B -Dfast package >"%LOG%" 2>&1 <nul
set "BUILT=%ERRORLEVEL%"
popd
if not "%BUILT%"=="0" goto explain
powershell -NoProfile -Command "(Get-Item -LiteralPath ($env:HERE + 'target\fast\one-balance.jar')).LastWriteTimeUtc = (Get-Item -LiteralPath ($env:HERE + 'target\.began')).LastWriteTimeUtc"
move /y "%HERE%target\fast\one-balance.jar" "%JAR%" >nul || goto jar_in_use
>&2 echo one-balance: built
exit /b 0

:no_folder
>&2 echo one-balance: cannot write to "%HERE%"
exit /b 1

:jar_in_use
>&2 echo one-balance: cannot replace "%JAR%": is a server still running from it?
exit /b 1

:explain
findstr /i /c:"not enough space" /c:"no space left" "%LOG%" >nul && goto no_disk
findstr /i /c:"UnknownHost" /c:"Unknown host" /c:"Could not transfer" /c:"Connection refused" /c:"timed out" /c:"remote name could not be resolved" "%LOG%" >nul && goto no_network
>&2 findstr /b /c:"[ERROR]" "%LOG%"
>&2 echo one-balance: the build failed. Details: "%LOG%"
exit /b 1

:no_disk
>&2 echo one-balance: the disk is full. The build needs about 500 MiB. Details: "%LOG%"
exit /b 1

:no_network
>&2 echo one-balance: no network: Maven could not reach its repository, and the libraries are not all in "%USERPROFILE%\.m2" yet.
>&2 echo one-balance: Connect and start again, or lay a release jar beside this file. Details: "%LOG%"
exit /b 1
