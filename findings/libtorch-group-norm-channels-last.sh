#!/usr/bin/env bash
# Versions: TorchSharp 0.107.0 with libtorch 2.10.0 (CPU).
# Behaviour: group normalisation of channels-last images takes many times as long as of contiguous ones when a group has 4 channels, and about
# the same when it has 8. Convolutions are faster channels last, so a network that is laid out for them loses more in its norms than it wins.
# Who meets it: whoever trains EDM's or ADM's networks on a CPU: they take min(32, C / 4) groups, which is 4 channels a group for C <= 128.
set -euo pipefail
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT && cd "$work"
cat >finding.csproj <<'X'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><TargetFramework>net10.0</TargetFramework><OutputType>Exe</OutputType><ImplicitUsings>enable</ImplicitUsings>
    <RuntimeIdentifier>linux-x64</RuntimeIdentifier><SelfContained>false</SelfContained><UseAppHost>false</UseAppHost></PropertyGroup>
  <ItemGroup><PackageReference Include="TorchSharp-cpu" Version="0.107.0" /></ItemGroup>
</Project>
X
cat >Program.cs <<'X'
using System.Diagnostics;
using TorchSharp;
Glue.Fit();
torch.set_num_threads(1);
double Milliseconds(Func<torch.Tensor> call)
{
    var best = double.MaxValue;
    for (var i = 0; i < 12; i++)
    {
        using var scope = torch.NewDisposeScope();
        var clock = Stopwatch.StartNew();
        call();
        best = Math.Min(best, clock.Elapsed.TotalMilliseconds);
    }

    return best;
}

double Ratio(long channels, long groups)
{
    var x = torch.randn(64, channels, 28, 28);
    var last = x.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);
    var (w, b) = (torch.ones(channels), torch.zeros(channels));
    var (first, lasts) = (Milliseconds(() => torch.nn.functional.group_norm(x, groups, w, b)), Milliseconds(() => torch.nn.functional.group_norm(last, groups, w, b)));
    Console.WriteLine($"{channels} channels, {channels / groups} a group: contiguous {first:F2} ms, channels last {lasts:F2} ms, ratio {lasts / first:F1}");
    return lasts / first;
}

var (four, eight) = (Ratio(32, 8), Ratio(64, 8));
return four > 5 && eight < 5 ? 0 : 1;

// The glue names a version of libstdc++ that older systems lack and that nothing uses: marked weak in this copy, it loads there too.
static class Glue
{
    public static void Fit()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "libLibTorchSharp.so");
        var bytes = File.ReadAllBytes(path);
        var hash = 0u;
        foreach (var c in "GLIBCXX_3.4.32")
        {
            hash = (hash << 4) + c;
            hash = (hash ^ ((hash & 0xf0000000) >> 24)) & 0x0fffffff;
        }

        for (var at = bytes.AsSpan().IndexOf(BitConverter.GetBytes(hash)); at > 0; at = -1)
        {
            bytes[at + 4] |= 2;
            File.WriteAllBytes(path, bytes);
        }
    }
}
X
dotnet build -c Release -v quiet --nologo -o out >build.log 2>&1 || { cat build.log; exit 2; }
dotnet out/finding.dll && echo "as found" || { echo "changed"; exit 1; }
