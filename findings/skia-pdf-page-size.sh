#!/usr/bin/env bash
# Version: SkiaSharp 4.155.0.
# Behaviour: SKDocument.BeginPage takes the size of a PDF page as floats, and the page that is written has whole points: 397.48 becomes 397, and what was drawn in the last half point
# is cut off. Nothing is said.
# Who meets it: whoever draws a figure as wide as a paper's column, which is no whole number of points in most styles.
set -euo pipefail
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT && cd "$work"
cat >finding.csproj <<'P'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><TargetFramework>net10.0</TargetFramework><OutputType>Exe</OutputType><ImplicitUsings>enable</ImplicitUsings>
    <RuntimeIdentifier>linux-x64</RuntimeIdentifier><SelfContained>false</SelfContained><UseAppHost>false</UseAppHost></PropertyGroup>
  <ItemGroup><PackageReference Include="SkiaSharp" Version="4.155.0" /><PackageReference Include="SkiaSharp.NativeAssets.Linux.NoDependencies" Version="4.155.0" /></ItemGroup>
</Project>
P
cat >Program.cs <<'P'
using SkiaSharp;

string Box(float width, float height)
{
    using var stream = new MemoryStream();
    using (var document = SKDocument.CreatePdf(stream))
    {
        document.BeginPage(width, height);
        document.EndPage();
        document.Close();
    }

    var text = System.Text.Encoding.Latin1.GetString(stream.ToArray());
    return System.Text.RegularExpressions.Regex.Match(text, "/MediaBox \\[[^\\]]*\\]").Value;
}

var (icml, a4) = (Box(397.48f, 245.6f), Box(595.276f, 841.89f));
Console.WriteLine($"asked for 397.48 by 245.6 points: {icml}; for 595.276 by 841.89 (A4): {a4}");
return icml == "/MediaBox [0 0 397 246]" && a4 == "/MediaBox [0 0 595 842]" ? 0 : 1;
P
dotnet build -c Release -v quiet --nologo -o out >build.log 2>&1 || { cat build.log; exit 2; }
dotnet out/finding.dll && echo "as found" || { echo "changed"; exit 1; }
