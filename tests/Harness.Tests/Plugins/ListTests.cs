using System.Text.Json;
using Dfx.Harness.Commands;

namespace Dfx.Harness.Tests.Plugins;

/// <summary><c>dfx list</c>.</summary>
public sealed class ListTests
{
    [Test]
    public void Without_a_noun_every_DLL_stands_with_state_and_reason()
    {
        var text = List(null, "table");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(text, Does.Match(@"NewerContract +refused +1\.1 .*\n +built for contract 1\.1, this host has 1\.0"));
            Assert.That(text, Does.Match(@"Dfx\.Sdk +built-in +1\.0"));
            Assert.That(text, Does.Match(@"MissingDependency +ok"));
            Assert.That(text, Does.Contain("methods").And.Contain("samplers").And.Contain("tasks").And.Contain("test-half"));
            Assert.That(text, Does.Not.Contain("\u001b"));
        }
    }

    [Test]
    public void A_noun_lists_one_kind_with_its_parameters()
    {
        var text = List("datasets", "table");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(text, Does.StartWith("datasets"));
            Assert.That(text, Does.Match(@"size +int +=? ?8 +4 to 64 +Pixels a side\."));
            Assert.That(text, Does.Not.Contain("test-euler"));
        }
    }

    [Test]
    public void Csv_has_one_row_a_parameter()
    {
        var lines = List("samplers", "csv").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(lines[0], Is.EqualTo("kind,id,title,paper,applies-to,plugin,parameter,type,default,range,description,inference,collects"));
            Assert.That(lines, Does.Contain(
                "sampler,test-euler,Euler,\"Karras et al., NeurIPS 2022\",denoiser,Sample,rho,double,7,1 to 20,How much the levels crowd at the low end.,false,false"));
            Assert.That(lines, Has.Some.StartsWith("sampler,test-halving,Halving,,denoiser adaptive,Sample,"));
            Assert.That(lines, Has.Length.EqualTo(10));
        }
    }

    [Test]
    public void What_changes_only_how_a_model_is_used_is_marked()
    {
        var prior = JsonDocument.Parse(List("methods", "json")).RootElement.GetProperty("methods").EnumerateArray().Single(m => m.GetProperty("id").GetString() == "test-prior");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(List("methods", "table"), Does.Match(@"prior +double += 1 +0\.01 to 100 +\[inference\] What draws of the prior are multiplied by\."));
            Assert.That(List("methods", "table"), Does.Match(@"spread +double += 1 +0\.01 to 100 +What the variance is multiplied by\."));
            Assert.That(List("methods", "csv"), Does.Contain(",prior,double,1,0.01 to 100,What draws of the prior are multiplied by.,true,false\n"));
            Assert.That(prior.GetProperty("parameters").EnumerateArray().Select(p => p.GetProperty("inference").GetBoolean()), Is.EqualTo(new[] { false, true }));
        }
    }

    [Test]
    public void What_decides_a_collection_is_marked()
    {
        var pairs = JsonDocument.Parse(List("corrections", "json")).RootElement.GetProperty("corrections").EnumerateArray().Single(m => m.GetProperty("id").GetString() == "test-pairs");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(List("corrections", "table"), Does.Match(@"test-pairs +collects pairs +Pairs").And.Match(@"test-stop +untrained +Stop").And.Match(@"pairs +int += 24 +1 to 100000 +\[collects\] Pairs\."));
            Assert.That(List("corrections", "csv"), Does.Contain(",strength,double,1,0 to 10,What the factor is multiplied by.,false,false\n").And.Contain(",false,true\n"));
            Assert.That(pairs.GetProperty("parameters").EnumerateArray().Select(p => p.GetProperty("collects").GetBoolean()), Is.EqualTo(new[] { true, true, true, false, false }));
        }
    }

    [Test]
    public void Json_has_every_kind()
    {
        var json = JsonDocument.Parse(List(null, "json")).RootElement;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(json.EnumerateObject().Select(p => p.Name), Is.EqualTo(new[]
            {
                "plugins", "methods", "samplers", "corrections", "datasets", "metrics", "analyses", "tasks",
            }));
            var options = json.GetProperty("analyses").EnumerateArray().Single(a => a.GetProperty("id").GetString() == "test-options");
            var precision = options.GetProperty("parameters").EnumerateArray().Single(p => p.GetProperty("name").GetString() == "precision");
            Assert.That(precision.GetProperty("choices").EnumerateArray().Select(c => c.GetString()), Is.EqualTo(new[] { "float32", "bfloat16", "tf32" }));
        }
    }

    [Test]
    public void A_folder_that_does_not_exist_is_unusable_input()
    {
        using var output = new StringWriter();
        Assert.That(ListCommand.Run(output, null, "table", ["/nowhere/at/all"]), Is.EqualTo(2));
    }

    private static string List(string? noun, string format)
    {
        using var output = new StringWriter();
        Assert.That(ListCommand.Run(output, noun, format, [TestPlugins.Folder]), Is.Zero);
        return output.ToString();
    }
}
