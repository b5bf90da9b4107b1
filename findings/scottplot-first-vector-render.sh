#!/usr/bin/env bash
# Version: ScottPlot 5.1.59 with SkiaSharp 4.155.0.
# Behaviour: the first rendering of a plot draws it twice onto the canvas that it was given, since automatic limits settle on the way, and so does every later one after
# limits changed. Pixels hide it; files of vectors (SVG, PDF, pictures) hold every line, letter and marker twice, and half-transparent bands are darker than asked for.
# Who meets it: whoever writes papers' figures as SVG or PDF, or compares such files.
set -euo pipefail
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT && cd "$work"
cat >finding.csproj <<'P'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><TargetFramework>net10.0</TargetFramework><OutputType>Exe</OutputType><ImplicitUsings>enable</ImplicitUsings>
    <RuntimeIdentifier>linux-x64</RuntimeIdentifier><SelfContained>false</SelfContained><UseAppHost>false</UseAppHost></PropertyGroup>
  <ItemGroup><PackageReference Include="ScottPlot" Version="5.1.59" /><PackageReference Include="SkiaSharp" Version="4.155.0" />
    <PackageReference Include="SkiaSharp.NativeAssets.Linux.NoDependencies" Version="4.155.0" /></ItemGroup>
</Project>
P
cat >Program.cs <<'P'
using ScottPlot;
using SkiaSharp;

int Circles(Plot plot)
{
    using var stream = new MemoryStream();
    using (var canvas = SKSvgCanvas.Create(new SKRect(0, 0, 400, 300), stream))
    {
        plot.Render(canvas, new PixelRect(0, 400, 300, 0));
    }

    var svg = System.Text.Encoding.UTF8.GetString(stream.ToArray());
    return System.Text.RegularExpressions.Regex.Matches(svg, "fill=\"#?(123456|rgb\\(18,52,86\\))").Count;
}

var plot = new Plot();
plot.Add.Markers(new double[] { 1, 2, 3 }, new double[] { 1, 4, 9 }, MarkerShape.FilledCircle, 9, new Color(0x12, 0x34, 0x56));
var (first, second) = (Circles(plot), Circles(plot));
plot.Axes.SetLimitsX(0, 5);
var changed = Circles(plot);
Console.WriteLine($"three markers: {first} in the first SVG, {second} in the second, {changed} after the limits of an axis changed");
return first == 6 && second == 3 ? 0 : 1;
P
dotnet build -c Release -v quiet --nologo -o out >build.log 2>&1 || { cat build.log; exit 2; }
dotnet out/finding.dll && echo "as found" || { echo "changed"; exit 1; }
